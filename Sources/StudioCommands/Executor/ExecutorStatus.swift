import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace

/// `batchstudio executor status`
struct ExecutorStatus: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether the executor runs, and the jobs that it has before it."
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        // Asking for an executor that does not run must not start one, so the workspace is not opened the usual way.
        let workspace = try Workspace(opening: session.folder)
        let process = try session.surroundings.executor.process(session.folder)
        let jobs = try await workspace.unfinishedJobs()
        let value: ManifestValue = [
            "status": process == nil ? "stopped" : "running",
            "pid": process.map { .int($0) } ?? .null,
            "workspace": .string(session.folder.path),
            "log": .string(session.folder.executorLog),
            "unfinished_jobs": .list(
                jobs.map { ["name": .string($0.name), "status": .string($0.state.rawValue)] }
            ),
        ]
        session.answer(Output(value))
    }
}
