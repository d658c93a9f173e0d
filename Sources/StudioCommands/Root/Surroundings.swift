import BatchDomain
package import Foundation
package import StudioCore

/// The surroundings of a command: streams, environment, folder, clock and executor; tests bring their own.
package struct Surroundings: Sendable {
    /// Shows a workspace, which its argument opens, until the user leaves; returns the signal that ended it, if one did.
    package typealias StudioLauncher =
        @Sendable (_ open: @escaping @Sendable () async throws -> Studio) async throws -> Int32?

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
    /// Opens the studio in the terminal; nil where there is none: then the program called alone prints its help.
    package var launchStudio: StudioLauncher?

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

    /// The caller of use cases.
    var caller: Caller { Caller(environment: environment, currentDirectory: currentDirectory) }

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
