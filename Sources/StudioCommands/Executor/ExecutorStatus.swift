import ArgumentParser
import BatchDomain
import BatchManifest
import Foundation
import StudioCore

/// Carries out `batchstudio executor status`.
struct ExecutorStatus: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether the executor runs, and the jobs that it has before it.",
        discussion: "Example: batchstudio executor status"
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let status = try await Studio.executorStatus(of: session.folder, session.surroundings.executor)
        let value: ManifestValue = [
            "status": status.process == nil ? "stopped" : "running",
            "pid": status.process.map { .int($0) } ?? .null,
            "workspace": .string(session.folder.path),
            "log": .string(session.folder.executorLog),
            "unfinished_jobs": .list(
                status.unfinished.map { ["name": .string($0.name), "status": .string($0.state.rawValue)] }
            ),
        ]
        try session.answer(Output(value))
    }
}
