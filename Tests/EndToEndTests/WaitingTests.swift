import Foundation
import PtyHarness
import TestSupport
import Testing

/// Commands that wait for a job, on a terminal and elsewhere.
@Suite(.serialized)
struct WaitingTests {
    private static let invoke = ["batch-endpoint", "invoke", "-n", "texts", "--input", "./texts", "--wait"]

    /// A command on a pty, in the program's folder.
    private static func terminal(of program: Program, _ arguments: String...) throws -> PtySession {
        let command = "cd '\(program.folder)' && exec '\(Program.path)' \(arguments.joined(separator: " "))"
        return try StudioSession.terminal(of: program, running: "/bin/sh", ["-c", command], columns: 140)
    }

    @Test(.timeLimit(.minutes(5)))
    func `A terminal has a bar until the end, then the answer alone`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 240, secondsEach: 0.05)
            let invoked = try Self.terminal(
                of: program,
                "batch-endpoint invoke -n texts --input ./texts --job-name night --wait --query status -o tsv"
            )
            try invoked.wait(for: "a bar", within: .seconds(120)) {
                $0.text.contains(#/Running +█*░+ +[0-9]+ % +[0-9]+ of 80 mini-batches/#)
            }
            // The bar of a log is below its lines, and the list is drawn in place.
            let streamed = try Self.terminal(of: program, "job stream -n night")
            try streamed.wait(for: "a bar", within: .seconds(60)) { $0.text.contains(/Running +█*░+/) }
            let watched = try Self.terminal(of: program, "job list --watch")
            try watched.expect("Running")
            #expect(try invoked.waitForExit() == .code(0))
            #expect(!invoked.text.contains(/[█░]/) && invoked.lines.contains("Completed"), "\(invoked.text)")
            #expect(try streamed.waitForExit() == .code(0))
            #expect(!streamed.text.contains(/[█░]/) && streamed.text.contains("Status: Completed"), "\(streamed.text)")
            #expect(try watched.waitForExit() == .code(0))
            #expect(watched.text.contains("Completed") && !watched.text.contains("Running"), "\(watched.text)")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `Elsewhere there are plain lines, and the exit code is that of the job`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 60, secondsEach: 0.02)
            let completed = try program.run(Self.invoke + ["--job-name", "night", "--query", "status", "-o", "tsv"])
            #expect(completed.exitCode == 0 && completed.line == "Completed", "\(completed.error)")
            let lines = completed.error.split(separator: "\n")
            #expect(lines.contains("Job night: Running") && lines.last == "Job night: Completed", "\(completed.error)")
            #expect(lines.contains { $0.contains(/^[1-9]0 %: [0-9]+ of 20 mini-batches$/) }, "\(completed.error)")
            #expect(!completed.error.contains("\u{1B}") && !completed.error.contains("\r"))
            // The same call again waits for the same job.
            let again = try program.run(Self.invoke + ["--job-name", "night", "--query", "name", "-o", "tsv"])
            #expect(again.exitCode == 0 && again.line == "night")

            // A file that is no text fails, one that may.
            try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: program.folder + "/texts/bad.txt"))
            let partly = try program.run(Self.invoke + ["--query", "status", "-o", "tsv"])
            #expect(partly.exitCode == 0, "\(partly.error)")
            #expect(partly.error.contains("WARNING: 1 of 61 files failed: "), "\(partly.error)")
            let strict = ["--set", "error_threshold=0", "--query", "status", "-o", "tsv"]
            let failed = try program.run(Self.invoke + strict)
            #expect(failed.exitCode == 1 && failed.line == "Failed")
            let message = failed.error
            #expect(message.contains(/ERROR: Job .* is Failed: .*exceeds error threshold 0/), "\(message)")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A job that is canceled meanwhile ends the command with 1`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 600, secondsEach: 0.5)
            let invoked = try Self.terminal(
                of: program,
                "batch-endpoint invoke -n texts --input ./texts --job-name night --wait --query status -o tsv"
            )
            try invoked.expect("Running", within: .seconds(120))
            _ = try program.succeed("job", "cancel", "-n", "night")
            #expect(try invoked.waitForExit() == .code(1))
            #expect(invoked.text.contains("ERROR: Job night is Canceled: Canceled by user. "), "\(invoked.text)")
        }
    }
}
