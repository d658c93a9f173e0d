import TestSupport
import Testing

extension Program {
    /// Registers the sample's model and data, with `wine-batch` and its deployment `wine-mlflow` where asked for.
    func makeWine(isDeployed: Bool = true) throws {
        let sample = try #require(StudioTests.sample)
        _ = try succeed("model", "create", "--name", "wine", "--type", "mlflow_model", "--path", sample.model)
        try write("name: wine-unlabeled\ntype: uri_folder\npath: \(sample.data)\n", to: folder + "/data.yml")
        _ = try succeed("data", "create", "-f", "data.yml")
        guard isDeployed else { return }
        let deployment = """
            name: wine-mlflow
            type: model
            model: azureml:wine@latest
            compute: azureml:local
            settings:
              max_concurrency_per_instance: 2
              mini_batch_size: 2
            """
        try write(deployment, to: folder + "/wine.yml")
        _ = try succeed("batch-endpoint", "create", "-n", "wine-batch")
        _ = try succeed("batch-deployment", "create", "-f", "wine.yml", "-e", "wine-batch", "--set-default")
    }

    /// Makes the endpoint `texts` with a script that needs no packages, and as many files for it.
    func makeTexts(files: Int, secondsEach: Double) throws {
        let deployment = """
            name: script
            type: model
            model: azureml:none@latest
            code_configuration:
              code: ./code
              scoring_script: score.py
            environment:
              conda_file: ./conda.yml
            compute: azureml:local
            settings:
              max_concurrency_per_instance: 1
              mini_batch_size: 3
            """
        let script = """
            import os, time
            def init():
                pass
            def run(mini_batch):
                time.sleep(\(secondsEach) * len(mini_batch))
                return [[os.path.basename(path), open(path).read()] for path in mini_batch]
            """
        try write(deployment, to: folder + "/texts.yml")
        try write("name: plain\ndependencies: []\n", to: folder + "/conda.yml")
        try write(script, to: folder + "/code/score.py")
        try write("a model", to: folder + "/none/model.txt")
        for number in 0..<files { try write("number \(number)", to: folder + "/texts/\(1000 + number).txt") }
        try write("name: texts\ntype: uri_folder\npath: ./texts\n", to: folder + "/texts-data.yml")
        _ = try succeed("model", "create", "--name", "none", "--type", "custom_model", "--path", "./none")
        _ = try succeed("data", "create", "-f", "texts-data.yml")
        _ = try succeed("batch-endpoint", "create", "-n", "texts")
        _ = try succeed("batch-deployment", "create", "-f", "texts.yml", "-e", "texts", "--set-default")
    }

    /// One value of what a command answers.
    func value(_ query: String, of command: String...) throws -> String {
        try succeed(Self.path, command + ["--query", query, "-o", "tsv"])
    }
}
