import ArgumentParser
import BatchDomain
import StudioCore

/// Carries out `batchstudio schedule reset`.
struct ScheduleReset: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Score all files again: forget those that jobs of its endpoint and model version have scored.",
        discussion: "Example: batchstudio schedule reset -n inbox"
    )

    @Option(name: [.short, .long], help: "The schedule's name.", completion: .names(of: .schedule))
    var name: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let (schedule, forgotten) = try await session.openStudio().resetSchedule(name)
        let files = Figures.count(forgotten, "file")
        session.report("\(files) of endpoint '\(schedule.job.endpointName)' can be scored again.")
        try session.answer(ScheduleNoun.output(schedule))
    }
}
