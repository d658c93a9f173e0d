import BatchDomain
import BatchWorkspace
import Foundation
import StudioCommands
import StudioCore
import Synchronization
import TestSupport

/// A workspace and a folder to type commands in.
struct CommandBench: Sendable {
    /// What a command has said, and how it ended.
    struct Answer: Equatable {
        var output: String
        var error: String
        var exitCode: Int32

        /// A table whose columns are as narrow as can be: how wide one is depends on how long the folder's name is.
        var narrowTable: String { output.replacing(/-{3,}/, with: "---").replacing(/[ ]{2,}/, with: "  ") }
    }

    /// The time that it is.
    static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// The current folder.
    let folder: String
    /// The environment's variables.
    var environment: [String: String] = [:]
    /// The answer of the user at a terminal; nil without one.
    var reply: String?
    /// Whether the output stream is a terminal.
    var isTerminal = false
    /// Whether the error stream is one.
    var isErrorTerminal = false
    private let starts = Executions()

    /// Runs the body with a bench that is gone afterwards.
    static func with(_ body: (CommandBench) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await body(CommandBench(folder: folder))
        }
    }

    /// The workspace's folder.
    var workspaceFolder: WorkspaceFolder { WorkspaceFolder(path: folder + "/workspace") }

    /// The workspace itself, to look behind the commands.
    func workspace() throws -> Workspace {
        try Workspace(opening: workspaceFolder, now: { Self.now })
    }

    /// How often a command made sure that an executor runs.
    var executorStarts: Int { starts.count }

    /// Types a command; words are separated by spaces.
    func run(_ line: String) async -> Answer {
        await run(line.split(separator: " ").map(String.init))
    }

    /// Types a command.
    func run(_ words: [String]) async -> Answer {
        let (output, error) = (Transcript(), Transcript())
        let console = Console(
            output: Console.Stream(isTerminal: isTerminal) { output.add($0) },
            error: Console.Stream(isTerminal: isErrorTerminal) { error.add($0) },
            readLine: reply.map { reply in { @Sendable in reply } }
        )
        let starts = starts
        let surroundings = Surroundings(
            console: console,
            environment: ["BATCHSTUDIO_WORKSPACE": workspaceFolder.path, "HOME": folder].merging(environment) { $1 },
            currentDirectory: folder,
            now: { Self.now },
            executor: ExecutorAccess(
                ensureRunning: { _ in starts.add() },
                process: { _ in nil },
                stop: { _ in }
            )
        )
        let exitCode = await StudioCommands.run(words, in: surroundings)
        return Answer(output: normalized(output.text), error: normalized(error.text), exitCode: exitCode)
    }

    /// The text with what differs from run to run replaced.
    func normalized(_ text: String) -> String {
        text.replacingOccurrences(of: folder, with: "FOLDER")
            .replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "GUID")
            .replacing(/"[a-z]+_[a-z]+_[0-9a-z]{8}"/, with: "\"DISPLAY_NAME\"")
    }
}

/// What was written to a stream.
private final class Transcript: Sendable {
    private let pieces = Mutex("")

    var text: String { pieces.withLock { $0 } }

    func add(_ text: String) {
        pieces.withLock { $0 += text }
    }
}

/// How often something was done.
private final class Executions: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func add() {
        number.withLock { $0 += 1 }
    }
}
