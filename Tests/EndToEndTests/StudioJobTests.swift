import Foundation
import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    struct Jobs {
        /// How long an executor may take to start, to make a Python environment ready and to score a few files.
        private static let patience = Duration.seconds(120)

        @Test func `A job is created by the wizard, watched until it is finished, and its rows are read`() async throws
        {
            try await Program.with { program in
                try program.makeWine()
                let studio = try StudioSession(program)
                try studio.expect("▸ wine-batch")
                studio.press("i")
                try studio.expect("‹ wine-mlflow  ★")
                try Self.chooseData(in: studio, named: "wine-unlabeled:1")
                try studio.expect("‹ wine-unlabeled:1 ›")
                studio.press("ctrl+n")
                try studio.expectStep("3 Output location")
                studio.press("ctrl+n")
                try studio.expectStep("4 Review")
                studio.press("f10")
                try studio.expect("is queued.")
                try studio.expect("✓ Completed after", within: Self.patience)
                try studio.expectLine("✓ 10 ok", "✗ 0 failed of 10")
                studio.press("tab", "tab", "tab")
                try studio.expect("▸ predictions.csv")
                studio.press("enter")
                try studio.expect("89 rows")
                try studio.expectLine("▸ 0", "class_", "wines-01.csv")
            }
        }

        @Test func `A setting is overridden for one job`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 6, secondsEach: 0)
                let studio = try StudioSession(program)
                try studio.expect("▸ texts")
                studio.press("i")
                try studio.expect("‹ script  ★ default ›")
                studio.press("tab", "tab", "space")
                try studio.expect("[x] yes")
                studio.press("tab", "tab")
                try studio.expectLine("▸Mini batch size", "3")
                studio.press("ctrl+u", "2")
                try Self.chooseData(in: studio, named: "texts:1")
                try studio.expect("‹ texts:1 ›")
                studio.press("ctrl+n")
                try studio.expectStep("3 Output location")
                studio.press("ctrl+n")
                try studio.expectStep("4 Review")
                studio.press("f10")
                try studio.expect("✓ Completed after", within: Self.patience)
                let job = try program.value("[0].name", of: "job", "list")
                let count = try program.value("batchstudio.counts.mini_batches", of: "job", "show", "-n", job)
                #expect(count == "3")
                let deployment = ["batch-deployment", "show", "-n", "script", "-e", "texts"]
                let size = try program.succeed(Program.path, deployment + ["--query", "mini_batch_size", "-o", "tsv"])
                #expect(size == "3")
            }
        }

        /// Starts a job on `texts` and opens its page once it runs.
        private static func watchJob(of program: Program) throws -> StudioSession {
            // From a terminal: Foundation's processes block SIGTERM, and so would the executor and its workers.
            let invoke = ["batch-endpoint", "invoke", "-n", "texts", "--input", "azureml:texts@latest"]
            let shell = try StudioSession.terminal(of: program, invoke)
            #expect(try shell.waitForExit() == .code(0))
            let studio = try StudioSession(program)
            studio.press("6")
            try studio.expectLine("● Running", "texts", within: patience)
            studio.press("enter")
            return studio
        }

        @Test func `A running job is cancelled`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 3000, secondsEach: 0.05)
                let studio = try Self.watchJob(of: program)
                try studio.expect("of 1,000 mini-batches", within: Self.patience)
                try studio.expect("executor ● running 1")
                studio.press("x")
                try studio.expect("Cancel job")
                studio.press("right", "enter")
                try studio.expect("– Canceled after", within: Self.patience)
                #expect(try program.value("[0].status", of: "job", "list") == "Canceled")
            }
        }

        @Test func `A canceled job is resumed and comes to its end`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 60, secondsEach: 0.05)
                let studio = try Self.watchJob(of: program)
                try studio.expect("of 20 mini-batches", within: Self.patience)
                studio.press("x", "right", "enter")
                try studio.expect("– Canceled after", within: Self.patience)
                studio.press("R")
                try studio.expect("Resume job")
                studio.press("y")
                try studio.expect("it resumes where it stopped")
                try studio.expect("✓ Completed after", within: Self.patience)
                try studio.expectLine("✓ 60 ok", "✗ 0 failed of 60")
            }
        }

        @Test func `Failed files are listed, and scored again in a new job`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 6, secondsEach: 0)
                // Text that the script can't read.
                let bad = URL(fileURLWithPath: program.folder + "/texts/1004.txt")
                try Data([0xff]).write(to: bad)
                let invoke = ["batch-endpoint", "invoke", "-n", "texts", "--input", "azureml:texts@latest"]
                let shell = try StudioSession.terminal(of: program, invoke)
                #expect(try shell.waitForExit() == .code(0))
                let studio = try StudioSession(program)
                studio.press("6")
                try studio.expectLine("! Completed", "texts", within: Self.patience)
                studio.press("enter")
                try studio.click(on: " Overview ")
                try studio.expectLine("✓ 5 ok", "✗ 1 failed of 6")
                studio.press("tab", "tab", "tab")
                try studio.expect("failed_files.csv")
                try Data("good".utf8).write(to: bad)
                studio.press("F")
                try studio.expect("Score failed files again?")
                studio.press("y")
                try studio.expect("is queued.")
                try studio.expect("✓ Completed after", within: Self.patience)
                try studio.expectLine("✓ 6 ok", "✗ 0 failed of 6")
            }
        }

        @Test func `A deployment is tried on one file, without a job`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 2, secondsEach: 0)
                let studio = try StudioSession(program)
                try studio.expect("▸ texts")
                studio.press("enter")
                try studio.expect("Deployment script")
                studio.press("t")
                try studio.expect("No job is made")
                studio.type(program.folder + "/texts/1001.txt")
                studio.press("enter")
                try studio.expect("✓ Scored", within: Self.patience)
                try studio.expect("number 1")
                studio.press("t", "ctrl+u")
                studio.type(program.folder + "/texts/gone.txt")
                studio.press("enter")
                try studio.expect("There is no file")
                #expect(try program.value("length(@)", of: "job", "list") == "0")
            }
        }

        /// Goes to the step of the data and chooses an asset.
        private static func chooseData(in studio: StudioSession, named name: String) throws {
            studio.press("ctrl+n")
            try studio.expectStep("2 Data source")
            studio.press("enter")
            try studio.expect("▸ \(name)")
            studio.press("enter")
        }
    }
}
