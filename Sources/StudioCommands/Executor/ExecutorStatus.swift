import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkspace
import Foundation
import StudioCore

/// Carries out `batchstudio executor status`.
struct ExecutorStatus: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether the executor runs, and the jobs that it has before it."
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let process = try session.surroundings.executor.process(session.folder)
        let value: ManifestValue = [
            "status": process == nil ? "stopped" : "running",
            "pid": process.map { .int($0) } ?? .null,
            "workspace": .string(session.folder.path),
            "log": .string(session.folder.executorLog),
            "unfinished_jobs": .list(
                try await unfinishedJobs(session).map {
                    ["name": .string($0.name), "status": .string($0.state.rawValue)]
                }
            ),
        ]
        try session.answer(Output(value))
    }

    /// A question about the executor neither makes a workspace nor starts one, so it is not opened the usual way.
    private func unfinishedJobs(_ session: Session) async throws -> [Job] {
        guard FileManager.default.fileExists(atPath: session.folder.database) else { return [] }
        return try await Workspace(opening: session.folder).unfinishedJobs()
    }
}
