import FoundationEssentials
import Subprocess
import SystemPackage

/// A program that runs to its end in its own session; its output is passed on line by line.
struct ToolProcess: Sendable {
    /// How a program ended, and all it said.
    struct Outcome: Sendable {
        /// An exit code, or a signal as a negative number.
        var status: Int
        /// True when it exited with 0.
        var succeeded: Bool { status == 0 }
        /// Standard output and error in the order of arrival.
        var lines: [String]
        /// True when it said more than is kept.
        var isCut = false
        /// Its output, as one text.
        var text: String { lines.joined(separator: "\n") }
    }

    /// The program's absolute path.
    var executable: String
    /// Its standard input.
    var arguments: [String]
    /// Its whole environment.
    var variables: [String: String]
    /// The folder it runs in.
    var folder = "/"
    /// Maximum bytes of its output that are kept; nil keeps all.
    var maxOutput: Int?

    /// Runs it; cancelling the task stops it with all it started.
    func run(line: @Sendable (String) -> Void = { _ in }) async throws -> Outcome {
        let environment = variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        try SpareDescriptors.require()
        let result = try await Subprocess.run(
            .path(FilePath(executable)),
            arguments: Arguments(arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: environment)),
            workingDirectory: FilePath(folder),
            platformOptions: .ownSession,
            input: .none,
            output: .sequence,
            error: .combinedWithOutput
        ) { execution in
            var lines: [String] = []
            var rest: [UInt8] = []
            var bytes = 0
            for try await buffer in execution.standardOutput {
                let kept = maxOutput.map { max(0, $0 - bytes) } ?? .max
                bytes += buffer.count
                rest += buffer.withUnsafeBytes { Array($0.prefix(kept)) }
                while let end = rest.firstIndex(of: 10) {
                    lines.append(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeSubrange(...end)
                    line(lines[lines.count - 1])
                }
            }
            if !rest.isEmpty {
                lines.append(String(decoding: rest, as: UTF8.self))
                line(lines[lines.count - 1])
            }
            return (lines, maxOutput.map { bytes > $0 } ?? false)
        }
        try Task.checkCancellation()
        let (lines, isCut) = result.closureResult
        return Outcome(status: result.terminationStatus.number, lines: lines, isCut: isCut)
    }

    /// Runs it for at most `limit`; then it is stopped, with all it started, and the outcome is nil.
    func run(within limit: Duration) async throws -> Outcome? {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await run() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
