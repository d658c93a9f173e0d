import Foundation
import TestSupport
import Testing

/// The main job with the commands of the README, on models that MLflow has written.
@Suite(.serialized)
struct MainJobTests {
    static let deployment = """
        name: wine-mlflow
        type: model
        model: azureml:wine@latest
        compute: azureml:local
        settings:
          max_concurrency_per_instance: 2
          mini_batch_size: 2
        """

    static let data = """
        name: wine-unlabeled
        type: uri_folder
        path: ./unlabeled
        """

    @Test(
        .timeLimit(.minutes(5)),
        arguments: ["numeric", "mixed", "unsigned"]
    ) func `The predictions equal those of MLflow itself, in input order`(model: String) async throws {
        try await Program.with { program in
            try Self.makeCase(model, in: program)
            _ = try program.succeed("model", "create", "--name", "wine", "--type", "mlflow_model", "--path", "./model")
            _ = try program.succeed("data", "create", "-f", "data.yml")
            _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
            _ = try program.succeed(
                "batch-deployment",
                "create",
                "-f",
                "deployment.yml",
                "--endpoint-name",
                "wine-batch",
                "--set-default"
            )
            let job = try program.succeed(
                "batch-endpoint",
                "invoke",
                "-n",
                "wine-batch",
                "--input",
                "azureml:wine-unlabeled@latest",
                "--query",
                "name",
                "-o",
                "tsv"
            )
            let streamed = try program.succeed("job", "stream", "-n", job)
            #expect(streamed.contains("Status: Completed"))
            _ = try program.succeed("job", "download", "-n", job, "--output-name", "score", "--download-path", ".")
            let predictions = program.folder + "/named-outputs/score/predictions.csv"
            #expect(
                try String(contentsOfFile: predictions, encoding: .utf8)
                    == String(contentsOfFile: program.folder + "/expected.csv", encoding: .utf8)
            )
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A file without a column fails with its reason and the others are scored`() async throws {
        try await Program.with { program in
            try Self.makeCase("numeric", in: program)
            try write("acidity,sugar\n1,2\n", to: program.folder + "/unlabeled/part-03.csv")
            try Self.deploy(in: program)
            let job = try program.succeed(
                "batch-endpoint",
                "invoke",
                "-n",
                "wine-batch",
                "--input",
                "./unlabeled",
                "--query",
                "name",
                "-o",
                "tsv"
            )
            let streamed = try program.succeed("job", "stream", "-n", job)
            #expect(streamed.contains("part-03.csv: "))
            #expect(streamed.contains("alcohol"))
            #expect(try program.succeed("job", "show", "-n", job, "--query", "status", "-o", "tsv") == "Completed")
            let failed = try program.succeed(
                "job",
                "show",
                "-n",
                job,
                "--query",
                "batchstudio.counts.failed_files",
                "-o",
                "tsv"
            )
            #expect(failed == "1")
        }
    }

    /// Deploys a classifier on three numbers as `wine-batch`, a hundred files a mini-batch.
    static func deployNumeric(in program: Program) throws {
        try makeCase("numeric", in: program)
        let wide = deployment.replacingOccurrences(of: "mini_batch_size: 2", with: "mini_batch_size: 100")
        try write(wide, to: program.folder + "/deployment.yml")
        try deploy(in: program)
    }

    static func deploy(in program: Program) throws {
        _ = try program.succeed("model", "create", "--name", "wine", "--type", "mlflow_model", "--path", "./model")
        _ = try program.succeed("batch-endpoint", "create", "-n", "wine-batch")
        _ = try program.succeed("batch-deployment", "create", "-f", "deployment.yml", "-e", "wine-batch")
    }

    /// Trains the model, writes its input and what MLflow predicts for it.
    static func makeCase(_ model: String, in program: Program) throws {
        let python = try program.succeed(Repository.folder + "/scripts/python-environment.sh", [])
        _ = try program.succeed(
            python,
            [Repository.folder + "/Tests/EndToEndTests/make_scoring_cases.py", program.folder, model]
        )
        try write(deployment, to: program.folder + "/deployment.yml")
        try write(data, to: program.folder + "/data.yml")
    }
}
