package import StudioCore
import TerminalKit

extension StudioLauncher {
    /// The threads of the studio's work: what runs before it is opened, runs there too, so that Swift's own never start.
    package static var threads: any TaskExecutor { WorkThreads.shared }

    /// Runs the studio on its own thread until the user leaves it: Swift's threads stay free for its work.
    ///
    /// - Parameter studio: The workspace to show; its caller's environment says where the user's own files are.
    /// - Returns: The signal that ended it; nil when the user left.
    /// - Throws: `StudioError` when there is no terminal to open it in.
    package static func open(_ studio: Studio) async throws -> Int32? {
        try await OwnThread.run { try run(studio) }
    }
}
