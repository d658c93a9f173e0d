package import BatchWorkspace
import TerminalKit

extension StudioLauncher {
    /// The threads of the studio's work: what runs before it is opened, runs there too, so that Swift's own never start.
    package static var threads: any TaskExecutor { WorkThreads.shared }

    /// Runs the studio on a thread of its own until the person leaves it: Swift's threads stay free for its work.
    ///
    /// - Parameters:
    ///   - workspace: The workspace to show.
    ///   - environment: The environment of the process, for the folders of the user's own files.
    ///   - services: What is done by others.
    /// - Throws: `StudioError` when there is no terminal to open it in.
    package static func open(
        workspace: Workspace,
        environment: [String: String],
        services: StudioServices
    ) async throws {
        try await OwnThread.run {
            try run(workspace: workspace, environment: environment, services: services)
        }
    }
}
