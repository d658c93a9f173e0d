import BatchDomain
import BatchWorkspace
import Logging
import StudioCore
import Synchronization
import TestSupport

/// A workspace with something of everything, and its use cases; no executor runs.
struct StudioBench: Sendable {
    /// The folder that relative paths start from.
    let folder: String
    /// The workspace itself, to inspect and to act as its executor.
    let workspace: Workspace
    let studio: Studio
    private let warned: Warnings

    /// Runs the body with a bench that is removed afterwards.
    ///
    /// - Parameters:
    ///   - failure: Why the executor does not start; nil where it does.
    ///   - body: The test.
    /// - Throws: Errors of the body.
    static func with(
        executorFailure failure: StudioError? = nil,
        _ body: (StudioBench) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            let workspace = try await SampleWorkspace.fill(place)
            let warned = Warnings()
            let studio = try Studio(
                opening: place,
                for: Caller(environment: ["HOME": folder], currentDirectory: folder),
                executor: ExecutorAccess(
                    ensureRunning: { _ in if let failure { throw failure } },
                    process: { _ in nil },
                    stop: { _ in }
                ),
                logger: Logger(label: "test") { _ in WarningHandler(warnings: warned) }
            )
            try await body(StudioBench(folder: folder, workspace: workspace, studio: studio, warned: warned))
        }
    }

    /// What the core has warned of.
    var warnings: [String] { warned.texts.withLock { $0 } }
}

private final class Warnings: Sendable {
    let texts = Mutex<[String]>([])
}

private struct WarningHandler: LogHandler {
    let warnings: Warnings
    var logLevel = Logger.Level.warning
    var metadata: Logger.Metadata = [:]

    func log(event: LogEvent) {
        warnings.texts.withLock { $0.append("\(event.message)") }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
