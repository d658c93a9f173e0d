import Foundation
import TestSupport
import Testing

/// Deployments that are loaded before a job needs them, and models that are loaded without MLflow.
@Suite(.serialized)
struct WarmUpTests {
    /// Starts a job on the test's input, waits for its end and returns the controller's log.
    private static func score(in program: Program) throws -> String {
        let job = try program.succeed(
            ["batch-endpoint", "invoke", "-n", "wine-batch", "--input", "./unlabeled", "--query", "name", "-o", "tsv"]
        )
        return try program.succeed("job", "stream", "-n", job)
    }

    private static func predictions(in program: Program) throws -> [String] {
        let jobs = program.workspace + "/blobs"
        return try FileManager.default.contentsOfDirectory(atPath: jobs).map {
            try String(contentsOfFile: "\(jobs)/\($0)/score/predictions.csv", encoding: .utf8)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `A deployment is loaded when it is made, and later without MLflow, with the same predictions`() async throws {
        try await Program.with(warmUp: true) { program in
            try MainJobTests.makeCase("exemplary", in: program)
            // The environment must be there: none is built before a job needs it.
            try MainJobTests.deploy(in: program)
            _ = try Self.score(in: program)
            _ = try program.succeed("executor", "stop")
            let update = ["batch-deployment", "update", "-n", "wine-mlflow", "-e", "wine-batch", "--set", "tags.a=1"]
            _ = try program.succeed(update)
            let show = ["batch-deployment", "show", "-n", "wine-mlflow", "-e", "wine-batch"]
            let loader = try await wait(for: "the comparison of the loaders", within: .seconds(300)) {
                let text = try program.succeed(show + ["--query", "batchstudio.loader", "-o", "tsv"])
                return text.isEmpty || text == "None" ? nil : text
            }
            #expect(loader == "without MLflow: 5 rows of the input example gave the same predictions")
            #expect(try Self.score(in: program).contains("The scoring script is loaded already."))
            _ = try program.succeed("executor", "stop")
            let light = try Self.score(in: program)
            let loaded = try #require(light.split(separator: "\n").first { $0.contains("Loaded in") })
            #expect(loaded.contains("sklearn") && !loaded.contains("mlflow"))
            let expected = try String(contentsOfFile: program.folder + "/expected.csv", encoding: .utf8)
            #expect(try Self.predictions(in: program) == [expected, expected, expected])
        }
    }
}
