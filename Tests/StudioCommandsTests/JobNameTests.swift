import BatchDomain
import TestSupport
import Testing

struct JobNameTests {
    /// Jobs with these names, each with its display name.
    private static func withJobs(
        _ names: KeyValuePairs<String, String>,
        _ body: (CommandBench) async throws -> Void
    ) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            for (name, title) in names {
                _ = await bench.run(
                    "batch-endpoint invoke -n wine-batch --input ./unlabeled --job-name \(name) --display-name \(title)"
                )
            }
            try await body(bench)
        }
    }

    @Test(arguments: ["f2d8", "F2d80", "jolly_pillow", "jolly", "jolly_pillow_0t"])
    func `A job is found by its display name and by the beginning of a name`(typed: String) async throws {
        try await Self.withJobs(["f2d808a2": "jolly_pillow", "f3": "jolly_pillow_0t"]) { bench in
            let answer = await bench.run("job show -n \(typed) --query name -o tsv")
            switch typed {
            case "F2d80":
                #expect(answer.exitCode == 1 && answer.error.contains("There is no job named 'F2d80'"))
            case "jolly":
                #expect(answer.exitCode == 1 && answer.output == "")
                #expect(answer.error.contains("may be each of these jobs"))
                #expect(answer.error.contains("  f3  jolly_pillow_0t\n  f2d808a2  jolly_pillow\n"))
            case "jolly_pillow_0t": #expect(answer.output == "f3\n")
            default:
                #expect(answer == .init(output: "f2d808a2\n", error: "'\(typed)' is job f2d808a2.\n", exitCode: 0))
            }
        }
    }

    @Test func `A whole name is never taken for the beginning of another`() async throws {
        try await Self.withJobs(["run-1": "one", "run-10": "run-1", "run-11": "three"]) { bench in
            let answer = await bench.run("job show -n run-1 --query name -o tsv")
            #expect(answer == .init(output: "run-1\n", error: "", exitCode: 0))
        }
    }

    @Test(
        arguments: [
            "stream", "cancel", "archive", "restore", "outputs", "download", "retry-failed", "resume",
            "update --set tags.a=b",
            "delete --yes",
        ]
    )
    func `Every command on a job takes the beginning of its name`(command: String) async throws {
        try await Self.withJobs(["nightly": "calm_river"]) { bench in
            if command != "cancel" { try await bench.endJob("nightly") }
            let words = command.split(separator: " ", maxSplits: 1)
            let answer = await bench.run("job \(words[0]) -n calm \(words.dropFirst().joined())")
            #expect(answer.error.contains("'calm' is job nightly."), "\(answer.error)")
            #expect(!answer.error.contains("There is no job"), "\(answer.error)")
        }
    }
}
