import Foundation
import PtyHarness
import TestSupport
import Testing

extension StudioTests {
    struct Wizards {
        @Test func `A path that is missing is refused in its step, which then has no tick`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 2, secondsEach: 0)
                let studio = try StudioSession(program)
                try studio.expect("▸ texts")
                studio.press("i")
                try studio.expect("‹ script  ★ default ›")
                studio.press("ctrl+n")
                try studio.expectStep("2 Data source")
                studio.press("up", "right", "right", "down")
                studio.type(program.folder + "/nosuch")
                studio.press("ctrl+n")
                try studio.expect("There is no folder or file")
                try studio.expect("! 2 Data source")
                studio.press("ctrl+u")
                studio.type(program.folder + "/texts")
                studio.press("ctrl+n")
                try studio.expectStep("3 Output location")
                try studio.expect("✓ 2 Data source")
            }
        }

        @Test func `An output that exists is refused in its step`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 2, secondsEach: 0)
                try write("rows", to: program.workspace + "/blobs/taken/predictions.csv")
                let studio = try StudioSession(program)
                try studio.expect("▸ texts")
                studio.press("i")
                try studio.expect("‹ script  ★ default ›")
                studio.press("ctrl+n")
                try studio.expectStep("2 Data source")
                studio.press("enter")
                try studio.expect("▸ texts:1")
                studio.press("enter", "ctrl+n")
                try studio.expectStep("3 Output location")
                studio.press("right", "down", "down")
                studio.type("taken")
                studio.press("ctrl+n")
                try studio.expect("exists already")
                try studio.expect("Choose another output location")
                try studio.expect("! 3 Output location")
            }
        }

        @Test func `A code folder that is missing is refused at its field`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 2, secondsEach: 0)
                let studio = try StudioSession(program)
                try studio.expect("▸ texts")
                studio.press("enter")
                try studio.expect("Deployment script")
                studio.press("a")
                try studio.expectStep("1 Endpoint")
                studio.press("ctrl+n")
                try studio.expectStep("2 Model")
                studio.press("enter")
                try studio.expect("▸ none:1")
                studio.press("enter", "ctrl+n")
                try studio.expectStep("3 Deployment")
                studio.press("ctrl+n")
                try studio.expectStep("4 Environment")
                studio.type(program.folder + "/nosuch")
                studio.press("tab")
                studio.type("score.py")
                studio.press("tab", "enter")
                try studio.expect("▸ script:1")
                studio.press("enter", "ctrl+n")
                try studio.expect("! 4 Environment")
                try studio.expect("✗ Code folder")
            }
        }

        @Test func `A deployment is edited from its endpoint's page`() async throws {
            try await Program.with { program in
                try program.makeTexts(files: 2, secondsEach: 0)
                let studio = try StudioSession(program)
                try studio.expect("▸ texts")
                studio.press("enter")
                try studio.expect("Deployment script")
                studio.press("tab")
                try studio.expect("▸ ")
                studio.press("e")
                try studio.expectStep("2 Model")
                studio.press("ctrl+n")
                try studio.expectStep("3 Deployment")
                studio.type("Reads texts.")
                studio.press("ctrl+n")
                try studio.expectStep("4 Environment")
                studio.press("ctrl+n")
                try studio.expectStep("5 Compute")
                studio.press("ctrl+n")
                try studio.expectStep("6 Review")
                studio.press("f10")
                try studio.expect("is changed")
                let show = ["batch-deployment", "show", "-n", "script", "-e", "texts"]
                let texts = try ["description", "mini_batch_size"].map { query in
                    try program.succeed(Program.path, show + ["--query", query, "-o", "tsv"])
                }
                #expect(texts == ["Reads texts.", "3"])
            }
        }
    }
}
