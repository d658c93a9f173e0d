import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio schedule trigger`.
struct ScheduleTriggerNow: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "trigger",
        abstract: "Start a job of a schedule now, whatever its trigger is.",
        discussion: "Example: batchstudio schedule trigger -n nightly --query job -o tsv"
    )

    @Option(name: [.short, .long], help: "The schedule's name.", completion: .names(of: .schedule))
    var name: String

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let run = try await session.openStudio(startsExecutor: false).triggerSchedule(name)
        if run.job == nil, let reason = run.reason { session.report(reason) }
        if let job = run.job { session.note("Follow it with: batchstudio job stream -n \(job)") }
        try session.answer(Output(ManifestValue(run), columns: ScheduleListRuns.columns))
    }
}
