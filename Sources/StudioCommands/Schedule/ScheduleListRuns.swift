import ArgumentParser
import BatchDomain
import BatchManifest
import StudioCore

/// Carries out `batchstudio schedule list-runs`.
struct ScheduleListRuns: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-runs",
        abstract: "List the times at which a schedule was due, and what came of them.",
        discussion: "Example: batchstudio schedule list-runs -n nightly -o table"
    )

    static let columns = [
        TableColumn("Run", "number"), TableColumn("DueAt", "due_at"), TableColumn("Outcome", "outcome"),
        TableColumn("Job", "job"), TableColumn("Reason", "reason"),
    ]

    @Option(name: [.short, .long], help: "The schedule's name.", completion: .names(of: .schedule))
    var name: String

    @Option(name: [.customShort("r"), .long], help: "At most this many, the newest first.")
    var maxResults: Int = 50

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let runs = try await session.openStudio().runs(of: name, limit: max(1, maxResults))
        try session.answer(Output(list: runs.map { ManifestValue($0) }, columns: Self.columns))
    }
}
