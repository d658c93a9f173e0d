import BatchDomain
package import Foundation
package import StudioCore

/// What surrounds a command: streams, environment, folder, clock and executor; tests bring their own.
package struct Surroundings: Sendable {
    /// Where it writes and reads.
    package var console: Console
    /// The environment variables.
    package var environment: [String: String]
    /// The folder that relative paths start from.
    package var currentDirectory: String
    /// The time of day.
    package var now: @Sendable () -> Date
    /// The process that runs jobs.
    package var executor: ExecutorAccess

    package init(
        console: Console,
        environment: [String: String],
        currentDirectory: String,
        now: @escaping @Sendable () -> Date = { Date() },
        executor: ExecutorAccess
    ) {
        self.console = console
        self.environment = environment
        self.currentDirectory = currentDirectory
        self.now = now
        self.executor = executor
    }

    /// Those of this process.
    package static var live: Surroundings {
        Surroundings(
            console: .live,
            environment: ProcessInfo.processInfo.environment,
            currentDirectory: FileManager.default.currentDirectoryPath,
            executor: .live
        )
    }
}
