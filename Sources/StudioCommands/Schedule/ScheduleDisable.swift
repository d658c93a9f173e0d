import ArgumentParser
import StudioCore

/// Carries out `batchstudio schedule disable`.
struct ScheduleDisable: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Let a schedule start no jobs until it is enabled again.",
        discussion: "Example: batchstudio schedule disable -n nightly"
    )

    @Option(name: [.short, .long], help: "The schedule's name.", completion: .names(of: .schedule))
    var name: String

    @Flag(help: .azureOnly)
    var noWait = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(ScheduleNoun.output(try await session.openStudio().setEnabled(false, schedule: name)))
    }
}
