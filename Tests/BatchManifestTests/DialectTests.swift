import BatchDomain
import BatchManifest
import TestSupport
import Testing

/// The dialects in which deployments have been written since 2021.
struct DialectTests {
    private static let dialects: [String: String] = [
        "2021": """
        name: scripted
        endpoint_name: wine-batch
        model:
          local_path: ./model
        code_configuration:
          code:
            local_path: ./code
          scoring_script: score.py
        environment:
          conda_file: ./conda.yaml
          image: python:3.11
        compute: azureml:batch-cluster
        resources:
          instance_count: 2
        max_concurrency_per_instance: 3
        mini_batch_size: 5
        output_action: append_row
        output_file_name: scores.csv
        retry_settings:
          max_retries: 2
          timeout: 60
        error_threshold: 7
        logging_level: debug
        environment_variables:
          A: "1"
        """,
        "2022": """
        name: scripted
        endpoint_name: wine-batch
        model:
          path: ./model
        code_configuration:
          code: ./code
          scoring_script: score.py
        environment:
          conda_file: ./conda.yaml
          image: python:3.11
        compute: azureml:batch-cluster
        resources:
          instance_count: 2
        max_concurrency_per_instance: 3
        mini_batch_size: 5
        output_action: append_row
        output_file_name: scores.csv
        retry_settings: {max_retries: 2, timeout: 60}
        error_threshold: 7
        logging_level: debug
        environment_variables: {A: "1"}
        """,
        "2023": """
        $schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
        name: scripted
        endpoint_name: wine-batch
        type: model
        model:
          path: ./model
        code_configuration:
          code: ./code
          scoring_script: score.py
        environment:
          conda_file: ./conda.yaml
          image: python:3.11
        compute: azureml:batch-cluster
        resources:
          instance_count: 2
        settings:
          max_concurrency_per_instance: 3
          mini_batch_size: 5
          output_action: append_row
          output_file_name: scores.csv
          retry_settings:
            max_retries: 2
            timeout: 60
          error_threshold: 7
          logging_level: debug
          environment_variables:
            A: "1"
        """,
    ]

    private static func read(_ text: String) async throws -> DeploymentDraft {
        try await withTemporaryFolder { folder in
            try write("dependencies:\n- python=3.11\n- pip: [scikit-learn]\n", to: folder + "/conda.yaml")
            try write("pickle", to: folder + "/model/model.pkl")
            try write("def run(files): return files\n", to: folder + "/code/score.py")
            try write(text, to: folder + "/deployment.yml")
            // Paths begin with the folder, which is another each time.
            var draft = try DeploymentManifest.read(YAMLDocument(readingFile: folder + "/deployment.yml"))
            draft.code?.folder = "CODE"
            if case .inline(var model) = draft.model {
                model.path = "MODEL"
                draft.model = .inline(model)
            }
            return draft
        }
    }

    @Test(arguments: ["2021", "2022"])
    func `the older ones mean what today's means`(year: String) async throws {
        let today = try await Self.read(Self.dialects["2023"] ?? "")
        #expect(try await Self.read(Self.dialects[year] ?? "") == today)
        #expect(today.settings.maxConcurrencyPerInstance == 3 && today.settings.timeout == 60)
        #expect(today.settings.instanceCount == 2 && today.settings.environmentVariables == ["A": "1"])
    }

    @Test func `a pipeline is recognised and refused with the reason`() async throws {
        let text =
            "name: p\nendpoint_name: wine-batch\ntype: pipeline\ncomponent: azureml:c@latest\nsettings:\n  default_compute: c\n"
        let error = await #expect(throws: ValidationError.self) { try await Self.read(text) }
        #expect(error?.problems.map(\.field) == ["type"])
        expectMessage(error?.problems.first?.rule, "dialect/pipeline")
    }
}
