import BatchDomain
import Foundation
import Logging
import StudioCommands
import StudioCore
import Synchronization
import TestSupport

@testable import StudioUI

/// A way to change a workspace.
enum Face {
    case studio
    case commandLine

    /// The effect of a draft.
    struct Effect {
        /// The text of the refusal without what ``comparable(_:)`` removes; nil where the draft was performed.
        var error: String?
        /// The text of the warning that the command line gave, in the same form.
        var warning: String?
        /// The workspace afterwards, in lines.
        var workspace: [String]
    }

    /// The time on the clocks of both faces.
    private static let now = SampleWorkspace.date.addingTimeInterval(3600)

    /// Performs a draft on a new copy of the fixture.
    ///
    /// - Parameters:
    ///   - parity: The draft.
    ///   - bench: The place of the copy.
    ///   - startingExecutor: Whether an executor can be started.
    /// - Returns: The effect.
    /// - Throws: Errors of the copy and of the dump; a refusal of the draft is an effect.
    func perform(_ parity: ParityCase, on bench: ParityBench, startingExecutor: Bool = true) async throws -> Effect {
        try await bench.withCopy { folder in
            let executor = ExecutorAccess(
                ensureRunning: { _ in
                    if !startingExecutor { throw StudioError(.environment, "The executor can't be started: no room.") }
                },
                process: { _ in nil },
                stop: { _ in }
            )
            let texts: (error: String?, warning: String?) =
                switch self {
                case .studio: (try await Self.perform(parity.useCase, in: folder, executor), nil)
                case .commandLine: await Self.run(parity.commands, in: folder, executor)
                }
            return Effect(
                error: texts.error.map(Self.comparable),
                warning: texts.warning.map(Self.comparable),
                workspace: try WorkspaceDump.lines(of: folder)
            )
        }
    }

    /// An error's text as far as both faces must agree on it.
    ///
    /// Names that are made at random are replaced. A field's name differs where a form has a field and the command line a flag:
    /// `--output-path` is `output_path`.
    private static func comparable(_ text: String) -> String {
        // Only commands have a switch for it, and so only they advise it.
        let text = text.replacing(" To deploy it as it is, pass --skip-script-validation.", with: "")
        return WorkspaceDump.withoutRandomNames(text).replacing(/--([a-z]+(?:-[a-z]+)*)/) { flag in
            flag.output.1.replacing("-", with: "_")
        }
    }

    private static func perform(
        _ useCase: UseCase,
        in folder: String,
        _ executor: ExecutorAccess
    ) async throws -> String? {
        let studio = try Studio(
            opening: WorkspaceFolder(path: folder + "/workspace"),
            for: Caller(environment: environment(in: folder), currentDirectory: folder),
            executor: executor,
            logger: Logger(label: "parity"),
            now: { now }
        )
        do {
            let performed = try await studio.perform(useCase) { _ in }
            return performed.executorFailure.map { "\($0)" }
        } catch {
            // What happened, in the words of the domain: the action that follows differs between the faces.
            return "\(Studio.explanation(of: error) ?? error)"
        }
    }

    /// Runs commands until one is refused.
    private static func run(
        _ commands: [String],
        in folder: String,
        _ executor: ExecutorAccess
    ) async -> (error: String?, warning: String?) {
        var warning: String?
        for command in commands {
            let errors = Mutex("")
            let console = Console(
                output: Console.Stream(isTerminal: false) { _ in },
                error: Console.Stream(isTerminal: false) { text in errors.withLock { $0 += text } },
                readLine: nil
            )
            let surroundings = Surroundings(
                console: console,
                environment: environment(in: folder),
                currentDirectory: folder,
                now: { now },
                executor: executor
            )
            let exitCode = await StudioCommands.run(command.split(separator: " ").map(String.init), in: surroundings)
            let text = errors.withLock { $0 }
            warning = message("WARNING: ", in: text) ?? warning
            if exitCode != 0 { return (message("ERROR: ", in: text) ?? text, warning) }
        }
        return (nil, warning)
    }

    /// The text after a prefix, to its end: an error may have several lines, and is the last that a command prints.
    private static func message(_ prefix: String, in text: String) -> String? {
        text.range(of: prefix).map { text[$0.upperBound...].trimmingCharacters(in: .newlines) }
    }

    private static func environment(in folder: String) -> [String: String] {
        ["BATCHSTUDIO_WORKSPACE": folder + "/workspace", "HOME": folder]
    }
}
