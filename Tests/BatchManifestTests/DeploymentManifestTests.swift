import BatchDomain
import BatchManifest
import TestSupport
import Testing

struct DeploymentManifestTests {
    @Test func `The dialect of 2021 with code of one's own is read`() throws {
        let draft = try DeploymentManifest.read(Fixture("deployments/2021-nonmlflow.yml").document)
        #expect(draft.name == "nonmlflowdp")
        #expect(draft.endpointName == "mybatchedp")
        #expect(draft.compute == "cpu-cluster")
        #expect(draft.code == ScoringCode(folder: Fixture("code").path, script: "batch_driver.py"))
        guard case .inline(let model) = draft.model, case .inline(let environment) = draft.environment else {
            Issue.record("expected a model and an environment in place, got \(draft)")
            return
        }
        #expect(model.name == "mnist")
        #expect(model.version == "1")
        #expect(model.kind == .custom)
        #expect(model.path == Fixture("models/torch").path)
        #expect(environment.name == "nonmlflowdp")
        #expect(environment.source?.pythonVersion == "3.10")
    }

    @Test func `The dialect of 2021 without code finds the MLflow model by its file`() throws {
        let draft = try DeploymentManifest.read(Fixture("deployments/2021-mlflow.yml").document)
        guard case .inline(let model) = draft.model else {
            Issue.record("expected a model in place, got \(draft)")
            return
        }
        #expect(model.kind == .mlflow)
        #expect(model.mlflow?.isPythonFunction == true)
        #expect(draft.code == nil)
    }

    @Test func `The flat dialect of 2022 is read`() throws {
        let draft = try DeploymentManifest.read(Fixture("deployments/2022-flat.yml").document)
        var expected = SettingsOverrides(DeploymentSettings())
        expected.instanceCount = 2
        expected.maxConcurrencyPerInstance = 2
        expected.environmentVariables = ["OMP_NUM_THREADS": "1"]
        #expect(draft.settings == expected)
        #expect(draft.code?.folder == Fixture("code").path)
        guard case .inline(let environment) = draft.environment else {
            Issue.record("expected an environment in place, got \(draft)")
            return
        }
        #expect(environment.source?.requirements == ["torch==1.13.0"])
        #expect(environment.condaFile?.contains("torch==1.13.0") == true)
    }

    @Test func `The canonical dialect with references is read`() throws {
        let draft = try DeploymentManifest.read(Fixture("deployments/2023-model.yml").document)
        #expect(draft.model == .registered(AssetReference(name: "heart-classifier-mlflow")))
        #expect(draft.settings.instanceCount == 2)
        #expect(draft.settings.timeout == 300)
        #expect(draft.environment == nil)
    }

    @Test func `The canonical dialect takes the count of instances under settings`() throws {
        let draft = try DeploymentManifest.read(Fixture("deployments/2023-custom.yml").document)
        #expect(draft.settings.instanceCount == 2)
        #expect(draft.settings.miniBatchSize == 5)
        #expect(draft.settings.outputAction == .summaryOnly)
        #expect(draft.settings.environmentVariables == ["HF_HOME": "/models", "DEBUG": "true"])
        #expect(draft.tags == ["dataset": "heart", "stage": "2"])
    }

    @Test func `A pipeline deployment is refused with the reason alone`() {
        let found = problems { try DeploymentManifest.read(Fixture("deployments/pipeline.yml").document) }
        #expect(found.map(\.field) == ["type"])
        expectMessage(found.first?.rule, "deployment/pipeline")
    }

    @Test func `Given names replace the file's`() throws {
        let draft = try DeploymentManifest.read(
            Fixture("deployments/2023-model.yml").document,
            name: "other",
            endpointName: "wine-batch"
        )
        #expect(draft.name == "other")
        #expect(draft.endpointName == "wine-batch")
    }

    @Test func `A file without names is told where to give them`() {
        let found = problems { try DeploymentManifest.read(text: "model: azureml:wine:1\n", file: "d.yml") }
        #expect(found.map(\.field) == ["endpoint_name", "name"])
        expectMessage(found.map(\.description).joined(separator: "\n"), "deployment/no-names")
    }

    @Test(arguments: [
        ("azureml:cpu", "cpu"), ("cpu", "cpu"),
        ("azureml:/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/computes/cpu", "cpu"),
    ])
    func `A compute target is named in every form of Azure`(text: String, name: String) throws {
        let yaml = "name: wine\nendpoint_name: wine-batch\nmodel: azureml:wine:1\ncompute: \(text)\n"
        #expect(try DeploymentManifest.read(text: yaml, file: "d.yml").compute == name)
    }

    @Test(arguments: [
        "file:model.yml", "azureml://registries/r/models/m/versions/1", "azureml:/subscriptions/s/models/m",
    ])
    func `A model that is registered elsewhere is refused with the reason`(reference: String) {
        let yaml = "name: wine\nendpoint_name: wine-batch\nmodel: \(reference)\n"
        let found = problems { try DeploymentManifest.read(text: yaml, file: "d.yml") }
        #expect(found.map(\.field) == ["model"])
    }

    @Test func `Both counts of instances get Azure's message`() {
        let yaml = """
            name: wine
            endpoint_name: wine-batch
            type: model
            model: azureml:wine:1
            resources: {instance_count: 1}
            settings: {instance_count: 2}
            """
        let found = problems { try DeploymentManifest.read(text: yaml, file: "d.yml") }
        #expect(found.map(\.field) == ["settings.instance_count"])
        expectMessage(found.first, "deployment/both-counts")
        #expect(found.first?.location?.line == 6)
    }

    @Test func `A file name is not needed when nothing is merged`() {
        let yaml = """
            name: wine
            endpoint_name: wine-batch
            type: model
            model: azureml:wine:1
            settings:
              output_action: summary_only
              output_file_name: x.csv
            """
        let found = problems { try DeploymentManifest.read(text: yaml, file: "d.yml") }
        #expect(found.map(\.field) == ["settings.output_file_name"])
        #expect(found.first?.location?.line == 7)
    }

    @Test(arguments: Setting.allCases.filter { ![.dictionary, .readOptions].contains($0.values) })
    func `Every setting is read in both dialects`(setting: Setting) throws {
        let path = setting.key.hasPrefix("resources.") ? setting.key : "settings.\(setting.key)"
        let base = try YAMLDocument(
            text: "name: wine\nendpoint_name: wine-batch\nmodel: azureml:wine:1\n",
            file: "d.yml"
        )
        let text = [.memoryLimitPerWorker: "2GB", .blockRows: "5000"][setting] ?? setting.defaultText
        let flat = try base.setting(path: setting.key, value: text)
        let nested = try base.setting(path: "type", value: "model").setting(path: path, value: text)
        for document in [flat, nested] {
            let settings = try DeploymentManifest.read(document).settings
            #expect(setting.text(in: settings) == text)
        }
    }
}
