import ArgumentParser
import StudioCore

/// Carries out `batchstudio schedule enable`.
struct ScheduleEnable: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let a schedule start jobs, from its next time on.",
        discussion: "Example: batchstudio schedule enable -n nightly"
    )

    @Option(name: [.short, .long], help: "The schedule's name.", completion: .names(of: .schedule))
    var name: String

    @Flag(help: .azureOnly)
    var noWait = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.answer(ScheduleNoun.output(try await session.openStudio().setEnabled(true, schedule: name)))
    }
}
