import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio schedule list`.
struct ScheduleList: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the schedules.",
        discussion: "Example: batchstudio schedule list -o table"
    )

    @Flag(help: "Only those that are enabled.")
    var enabledOnly = false

    @Flag(help: "Only those that are disabled.")
    var disabledOnly = false

    @Option(name: [.customShort("r"), .long], help: "At most this many.")
    var maxResults: Int?

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let schedules = try await session.openStudio().schedules().filter { schedule in
            schedule.isEnabled ? !disabledOnly : !enabledOnly
        }
        try session.answer(ScheduleNoun.output(Array(schedules.prefix(maxResults ?? .max))))
    }
}
