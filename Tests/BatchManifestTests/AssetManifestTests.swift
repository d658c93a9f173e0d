import BatchDomain
import BatchManifest
import Foundation
import TestSupport
import Testing

struct AssetManifestTests {
    @Test func `A model is read with what its MLmodel file says`() throws {
        let model = try ModelManifest.read(Fixture("assets/model.yml").document)
        #expect(model.name == "heart-classifier")
        #expect(model.version == "2")
        #expect(model.kind == .mlflow)
        #expect(model.path == Fixture("models/mlflow-2").path)
        #expect(model.source == "../models/mlflow-2")
        #expect(model.properties == ["accuracy": "0.90"])
        #expect(model.mlflow?.mlflowVersion == "2.3.1")
    }

    @Test func `A model without a type is what its folder shows`() throws {
        let document = try YAMLDocument(folder: Fixture("models").path).setting(path: "name", text: "wine")
        #expect(try ModelManifest.read(document.setting(path: "path", text: "mlflow-1")).kind == .mlflow)
        #expect(try ModelManifest.read(document.setting(path: "path", text: "torch/weights.pt")).kind == .custom)
    }

    @Test(arguments: ["azureml://jobs/x/outputs/artifacts/paths/model", "https://example.org/m", "azureml:wine:1"])
    func `A model from elsewhere is refused`(path: String) throws {
        let document = try YAMLDocument().setting(path: "name", text: "wine").setting(path: "path", text: path)
        #expect(problems { try ModelManifest.read(document) }.map(\.field) == ["path"])
    }

    @Test(arguments: [
        ("missing", "name: wine\n"), ("list", "name: wine\npath: [x]\n"), ("empty", "name: wine\npath: ''\n"),
        ("absent", "name: wine\npath: ./absent\n"),
    ])
    func `A model's path is judged once`(name: String, text: String) {
        let found = problems { try ModelManifest.read(text: text, file: "model.yml") }
        #expect(found.map(\.field) == ["path"])
        let current = FileManager.default.currentDirectoryPath
        expectMessage(found.first, "model/path-\(name)", placeholders: [current: "CURRENT"])
    }

    @Test(arguments: ["name: wine\n", "name: wine\npath: [x]\n", "name: wine\npath: ''\n"])
    func `A data asset's path is judged once`(text: String) {
        #expect(problems { try DataManifest.read(text: text, file: "data.yml") }.map(\.field) == ["path"])
    }

    @Test func `A local data asset has an absolute path`() throws {
        let data = try DataManifest.read(Fixture("assets/data.yml").document)
        #expect(data.kind == .folder)
        #expect(data.path == .local(Fixture("data").path))
    }

    @Test(arguments: [
        ("azureml://datastores/blob/paths/x/y", DataReference.datastore(DatastorePath(datastore: "blob", path: "x/y"))),
        ("https://example.org/data/", .url("https://example.org/data/")),
        ("/data", .local("/data")),
    ])
    func `A data asset lies where Azure's can`(path: String, reference: DataReference) throws {
        let document = try YAMLDocument().setting(path: "name", text: "wine").setting(path: "path", text: path)
        #expect(try DataManifest.read(document).path == reference)
    }

    @Test func `An environment is read with its conda file`() throws {
        let environment = try EnvironmentManifest.read(Fixture("assets/environment.yml").document)
        #expect(environment.condaFile == (try Fixture("conda/conda.yaml").text))
        #expect(environment.source?.file == "conda.yaml")
        #expect(environment.source?.requirements == ["scikit-learn==1.2.*", "pandas==1.5.3", "azureml-core"])
        #expect(environment.source?.leftOut == [LeftOutLine("cudatoolkit=11.1", .condaPackage)])
    }

    @Test func `A conda file that is missing is told at its line`() {
        let text = "name: x\nimage: y\nconda_file: ./absent.yaml\n"
        let found = problems { try EnvironmentManifest.read(text: text, file: "env.yml") }
        #expect(found.map(\.field) == ["conda_file"])
        #expect(found.first?.location?.line == 3)
    }

    @Test func `A broken conda file is told at its own line`() {
        let text = "name: x\nconda_file:\n  dependencies: pandas\n"
        let found = problems { try EnvironmentManifest.read(text: text, file: "env.yml") }
        #expect(found.first?.location?.line == 3)
    }

    @Test func `An environment of an image alone is kept`() throws {
        let environment = try EnvironmentManifest.read(text: "name: x\nimage: y\n", file: "env.yml")
        #expect(environment.image == "y")
        #expect(environment.source == nil)
    }

    @Test func `A Ray cluster is its address and what a worker takes of it`() throws {
        let compute = try ComputeManifest.read(Fixture("assets/ray.yml").document, now: someDate)
        let cluster = RayCluster(
            address: "head:6379",
            maxWorkers: 64,
            resources: RayCluster.Resources(cpus: 2, gpus: 0.5, memory: 2 << 30, custom: ["TPU": 1]),
            rayVersion: "2.55.0",
            pythonVersion: "3.12",
            nodeTimeout: 600
        )
        #expect(compute == ComputeTarget(name: "ray-cluster", kind: .ray, cluster: cluster, createdAt: someDate))
        let printed = try YAMLDocument(text: ManifestValue(compute).yaml, file: "")
        #expect(try ComputeManifest.read(printed, now: someDate) == compute)
    }

    @Test func `A cluster keeps its numbers`() throws {
        let compute = try ComputeManifest.read(Fixture("assets/compute.yml").document, now: someDate)
        #expect(
            compute
                == ComputeTarget(
                    name: "batch-cluster",
                    kind: .amlCompute,
                    size: "STANDARD_DS3_v2",
                    maxInstances: 5,
                    idleTimeBeforeScaleDown: 300,
                    createdAt: someDate
                )
        )
    }
}
