import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// Secrets that are planted in descriptions, looked for in what commands print.
struct SecretTests {
    private static let secret = "planted-6f1c2a9e"
    private static let deployment = CommandBench.deployment.replacing(
        "\nsettings:\n",
        with: "\nsettings:\n  environment_variables: {API_KEY: \(secret), hfToken: \(secret), DB_PASSWORD: \(secret), "
            + "CLIENT_SECRET: \(secret), OMP_NUM_THREADS: \"1\"}\n"
    )

    private static func with(_ body: (CommandBench) async throws -> Void) async throws {
        try await CommandBench.with { bench in
            try await bench.makeEndpoint()
            try write(deployment, to: bench.folder + "/deployment.yml")
            let answer = await bench.run(
                "batch-deployment create -f \(bench.folder)/deployment.yml --endpoint-name wine-batch"
            )
            #expect(answer.exitCode == 0, "\(answer.error)")
            #expect(!(answer.output + answer.error).contains(secret))
            try await body(bench)
        }
    }

    @Test(arguments: [
        "batch-deployment show -n wine-mlflow -e wine-batch -o json",
        "batch-deployment show -n wine-mlflow -e wine-batch -o yaml",
        "batch-deployment list -e wine-batch -o jsonc", "batch-deployment list -e wine-batch -o yamlc",
        "batch-deployment list -e wine-batch --query [].environment_variables.API_KEY -o tsv",
        "batch-deployment update -n wine-mlflow -e wine-batch --set mini_batch_size=7 --debug",
        "batch-deployment update -n wine-mlflow -e wine-batch --set mini_batch_size=nothing --debug",
        "batch-endpoint show -n wine-batch",
        "batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --debug",
        "job list", "job list -o yaml",
    ])
    func `No command prints a deployment's secrets`(command: String) async throws {
        try await Self.with { bench in
            _ = await bench.run("batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest")
            let answer = await bench.run(command)
            #expect(!(answer.output + answer.error).contains(Self.secret), "\(answer.output)\(answer.error)")
        }
    }

    @Test func `A job that was called with a secret does not show it`() async throws {
        try await Self.with { bench in
            let invoked = await bench.run(
                "batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --env MY_TOKEN=\(Self.secret) "
                    + "--query name -o tsv"
            )
            let name = try #require(try await bench.workspace().jobs().first).name
            #expect(invoked.exitCode == 0, "\(invoked.error)")
            for format in ["json", "yaml", "table", "tsv"] {
                let answer = await bench.run("job show -n \(name) -o \(format)")
                #expect(answer.exitCode == 0 && !(answer.output + answer.error).contains(Self.secret))
            }
        }
    }

    @Test func `What is masked keeps its value when something else is changed`() async throws {
        try await Self.with { bench in
            let answer = await bench.run("batch-deployment update -n wine-mlflow -e wine-batch --set mini_batch_size=7")
            #expect(answer.exitCode == 0, "\(answer.error)")
            let deployment = try await bench.workspace().deployment("wine-mlflow", of: "wine-batch")
            #expect(deployment.settings.miniBatchSize == 7)
            #expect(deployment.settings.environmentVariables["API_KEY"] == Self.secret)
            #expect(deployment.settings.environmentVariables["OMP_NUM_THREADS"] == "1")
        }
    }

    @Test func `A mask is not taken for a secret`() async throws {
        try await Self.with { bench in
            let shown = await bench.run("batch-deployment show -n wine-mlflow -e wine-batch -o yaml")
            #expect(
                shown.output.contains("API_KEY: '***'") && shown.output.contains("OMP_NUM_THREADS: '1'"),
                "\(shown.output)"
            )
            try write(shown.output, to: bench.folder + "/shown.yml")
            let answer = await bench.run("batch-deployment create -f \(bench.folder)/shown.yml")
            #expect(answer.exitCode == 2)
            expectMessage(answer.error, "deployment/masked-secret")
        }
    }

    @Test(arguments: [
        ("API_KEY", true), ("apiKey", true), ("HF_TOKEN", true), ("tokens", true), ("AZURE_CLIENT_SECRET", true),
        ("DB_PASSWORD", true), ("AZURE_STORAGE_CONNECTION_STRING", true), ("BLOB_SAS", true),
        ("OMP_NUM_THREADS", false),
        ("KEYBOARD", false), ("TOKENIZERS_PARALLELISM", false), ("MODEL_NAME", false), ("PATH", false),
    ])
    func `Names tell secrets`(name: String, isSecret: Bool) {
        #expect(SecretName.isSecret(name) == isSecret)
    }

    @Test func `A password in an address is masked whatever the variable's name, and that mask is none either`() {
        let shown = SecretName.masked("http://user:word@host:5000/x", of: "MLFLOW_TRACKING_URI")
        #expect(shown == "http://***@host:5000/x")
        #expect(SecretName.isMasked(shown, of: "MLFLOW_TRACKING_URI"))
        #expect(!SecretName.isMasked("http://host:5000/x", of: "MLFLOW_TRACKING_URI"))
    }
}
