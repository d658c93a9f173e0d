import BatchDomain
import Testing

struct `Texts without commands` {
    @Test(
        arguments: [
            ("It runs. Wait for it, or cancel it with: batchstudio job cancel -n a", "It runs."),
            ("The output exists. Choose with --output-path. Nothing changed.", "The output exists. Nothing changed."),
            ("Two:\n  - a is wrong.\n  - b is wrong. Pass --input.", "Two:\n  - a is wrong.\n  - b is wrong."),
            ("A file -- of three -- is missing.", "A file -- of three -- is missing."),
            ("batchstudio generates the script.", "batchstudio generates the script."),
            ("Run “batchstudio doctor” first", "Run “batchstudio doctor” first"),
        ]
    )
    func `leave out the sentences that name one, and never all`(text: String, expected: String) {
        #expect(text.withoutCommands == expected)
    }

    @Test func `have the studio's own action where there is one`() {
        let error = StudioError(
            .inUse,
            "Job a runs.",
            advice: "Cancel it with: batchstudio job cancel -n a",
            inStudio: "Cancel it."
        )
        #expect(error.studioText == "Job a runs. Cancel it.")
        #expect(error.description == "Job a runs. Cancel it with: batchstudio job cancel -n a")
        #expect(StudioError(.inUse, "Job a runs.", advice: "Wait for it.").studioText == "Job a runs. Wait for it.")
    }
}
