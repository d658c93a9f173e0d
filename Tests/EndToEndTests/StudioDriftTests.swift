import Foundation
import TestSupport
import Testing

extension StudioTests {
    /// Jobs that are compared with the baseline of their endpoint, with a real model.
    struct Drifts {
        @Test(.timeLimit(.minutes(5)))
        func `A later input that drifts is told, and the same input is not`() async throws {
            try await Program.with { program in
                try program.makeWine()
                try Self.score("azureml:wine-unlabeled@latest", as: "monday", in: program)
                let update = ["batch-endpoint", "update", "-n", "wine-batch"]
                _ = try program.succeed(update + ["--set", "baseline=monday"])
                #expect(try Self.baseline(of: program) == "monday")

                try Self.score("azureml:wine-unlabeled@latest", as: "tuesday", in: program)
                #expect(try program.value("batchstudio.drift.level", of: "job", "show", "-n", "tuesday") == "none")

                // One wine, again and again: one class alone.
                let path = try program.value("path", of: "data", "show", "-n", "wine-unlabeled", "--version", "1")
                let folder = URL(string: path)?.path ?? path
                let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                let file = try String(contentsOfFile: folder + "/" + #require(names.first), encoding: .utf8)
                let lines = file.split(separator: "\n")
                let rows = [lines[0]] + Array(repeating: lines[1], count: 60)
                try write(rows.joined(separator: "\n") + "\n", to: program.folder + "/drift/a.csv")
                try Self.score("./drift", as: "friday", in: program)
                #expect(try program.value("batchstudio.drift.level", of: "job", "show", "-n", "friday") == "warning")
                let words = try program.value("batchstudio.drift.columns[0].words", of: "job", "show", "-n", "friday")
                #expect(words.hasPrefix("prediction: ") && words.contains("→ 100 %, PSI "), "\(words)")
                #expect(try program.succeed("job", "list", "-o", "table").contains("~ warning"))

                let studio = try StudioSession(program)
                studio.press("6")
                try studio.expectLine("▸", "friday")
                studio.press("down")
                try studio.expectLine("▸", "tuesday")
                studio.press("b")
                try studio.expect("the baseline?")
                studio.press("y")
                try studio.expect("Later jobs of wine-batch are compared with this one.")
                #expect(try Self.baseline(of: program) == "tuesday")
                studio.press("u")
                _ = try await wait(for: "the baseline of before") {
                    try Self.baseline(of: program) == "monday" ? true : nil
                }

                // The same for scripts, by exit codes.
                let invoke = ["batch-endpoint", "invoke", "-n", "wine-batch", "--fail-on-drift", "--input"]
                #expect(try program.run(invoke + ["./drift"]).exitCode == 2)
                let same = try program.run(invoke + ["azureml:wine-unlabeled@latest", "--wait"])
                #expect(same.exitCode == 0, "\(same.error)")
                let drifted = try program.run(invoke + ["./drift", "--wait"])
                #expect(drifted.exitCode == 3 && drifted.error.contains("→ 100 %, PSI "), "\(drifted.error)")

                _ = try program.succeed("job", "delete", "-n", "monday", "--yes")
                let show = ["batch-endpoint", "show", "-n", "wine-batch", "--query", "batchstudio.baseline"]
                #expect(try program.succeed(show).isEmpty)
                let without = try program.run(invoke + ["./drift", "--wait"])
                #expect(without.exitCode == 1 && without.error.contains("has no baseline"), "\(without.error)")
            }
        }

        private static func baseline(of program: Program) throws -> String {
            try program.value("batchstudio.baseline", of: "batch-endpoint", "show", "-n", "wine-batch")
        }

        private static func score(_ input: String, as name: String, in program: Program) throws {
            _ = try program.succeed(
                "batch-endpoint",
                "invoke",
                "-n",
                "wine-batch",
                "--input",
                input,
                "--job-name",
                name
            )
            _ = try program.succeed("job", "stream", "-n", name)
        }
    }
}
