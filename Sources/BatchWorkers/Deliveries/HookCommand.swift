package import BatchDomain
import Foundation

/// The command of a hook: a program that runs without a shell, in a session of its own, for a bounded time.
package struct HookCommand: Sendable {
    /// Maximum bytes of its output that are kept.
    static let maxOutput = 64 << 10

    /// The program and its arguments.
    package var arguments: [String]
    /// Its whole environment.
    package var variables: [String: String]
    /// The folder that it runs in.
    package var folder: String
    /// The seconds that it has.
    package var timeout: Int

    package init(arguments: [String], variables: [String: String], folder: String, timeout: Int) {
        self.arguments = arguments
        self.variables = variables
        self.folder = folder
        self.timeout = timeout
    }

    /// Runs it; it has ended when it and all that it has started have closed its output.
    ///
    /// - Returns: What came of it, and the lines that it printed.
    /// - Throws: `CancellationError` when the task is cancelled, which stops it.
    package func run() async throws -> (outcome: Delivery.Outcome, lines: [String]) {
        guard let program = arguments.first, let path = path(of: program) else {
            return (.failed("there is no program \(arguments.first ?? "")"), [])
        }
        let process = ToolProcess(
            executable: path,
            arguments: Array(arguments.dropFirst()),
            variables: variables,
            folder: folder,
            maxOutput: Self.maxOutput
        )
        do {
            guard let outcome = try await process.run(within: .seconds(timeout)) else {
                return (.failed("it was stopped after \(Figures.count(timeout, "second"))"), [])
            }
            let cut = outcome.isCut ? ["(It printed more than the \(Self.maxOutput >> 10) KiB that are kept.)"] : []
            let words = ProcessEnd.describe(outcome.status)
            return (outcome.succeeded ? .delivered(words) : .failed(words), outcome.lines + cut)
        } catch {
            try Task.checkCancellation()
            return (.failed("it can't be started: \(error)"), [])
        }
    }

    /// The program's file: a path as it is, a name looked for in `PATH`.
    private func path(of program: String) -> String? {
        let folders = (variables["PATH"] ?? "").split(separator: ":").map(String.init)
        let paths = program.contains("/") ? [program] : folders.map { $0 + "/" + program }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
