import TestSupport
import Testing

/// The check of a scoring script at its deployment, and doing without it.
@Suite(.serialized)
struct ScriptValidationTests {
    @Test(.timeLimit(.minutes(2)))
    func `A script that can't be read is refused, unless its validation is skipped`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 1, secondsEach: 0)
            try write(
                "def init():\n    pass\n\ndef run(mini_batch:\n    return 1\n",
                to: program.folder + "/code/score.py"
            )
            let refused = try program.run("batch-deployment", "create", "-f", "texts.yml", "-e", "texts", "-n", "other")
            #expect(refused.exitCode == 1)
            #expect(refused.error.contains("score.py") && refused.error.contains("line 4"), "\(refused.error)")
            #expect(refused.error.contains("--skip-script-validation"))
            #expect(try program.value("length(@)", of: "batch-deployment", "list", "-e", "texts") == "1")
            _ = try program.succeed(
                "batch-deployment",
                "create",
                "-f",
                "texts.yml",
                "-e",
                "texts",
                "-n",
                "other",
                "--skip-script-validation"
            )
            #expect(try program.value("length(@)", of: "batch-deployment", "list", "-e", "texts") == "2")
        }
    }
}
