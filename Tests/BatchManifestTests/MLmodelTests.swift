import BatchDomain
import BatchManifest
import Foundation
import TestSupport
import Testing

struct MLmodelTests {
    @Test func `A model of MLflow 1 is read`() throws {
        let model = try MLmodel.read(folder: Fixture("models/mlflow-1").path)
        #expect(model.flavors.map(\.name) == ["python_function", "sklearn"])
        #expect(model.mlflowVersion == nil)
        #expect(model.signature == nil)
        #expect(model.pythonVersion == "3.6.9")
        #expect(model.createdAt == "2020-06-03 09:12:44.402713")
        #expect(
            model.environments == [
                EnvironmentSource(
                    file: "conda.yaml",
                    pythonVersion: "3.6.9",
                    requirements: ["scikit-learn==0.22.1", "mlflow", "cloudpickle==1.3.0"]
                )
            ]
        )
    }

    @Test func `A model of MLflow 2 is read with all that its files say`() throws {
        let model = try MLmodel.read(folder: Fixture("models/mlflow-2").path)
        #expect(model.mlflowVersion == "2.3.1")
        #expect(model.modelUUID == "5f2b6ad3ad0f4a5a9a3f0ad2d3c0a001")
        #expect(model.runID == "8b0a5c6d7e8f4a5b9c0d1e2f3a4b5c6d")
        #expect(model.inputExample == "input_example.json")
        #expect(model.environments.map(\.file) == ["conda.yaml", "python_env.yaml", "requirements.txt"])
        #expect(model.environments.map(\.pythonVersion) == ["3.9.16", "3.9.17", "3.9.16"])
        #expect(model.environments[1].requirements == model.environments[2].requirements)
    }

    @Test func `Columns have names, types and may be optional`() throws {
        let signature = try #require(try MLmodel.read(folder: Fixture("models/mlflow-2").path).signature)
        #expect(
            signature.inputs == [
                .init(name: "fixed acidity", type: "double"),
                .init(name: "citric acid", type: "double", isRequired: false),
                .init(name: "grapes", type: "long"),
                .init(name: "colour", type: "string"),
            ]
        )
    }

    @Test func `A column that is named by a number keeps it as its name`() throws {
        let signature = try #require(try MLmodel.read(folder: Fixture("models/mlflow-2").path).signature)
        #expect(signature.outputs == [.init(name: "0", type: "double")])
    }

    @Test func `Types of MLflow 3 are told in one line`() throws {
        let signature = try #require(try MLmodel.read(folder: Fixture("models/mlflow-3").path).signature)
        #expect(
            signature.inputs.map(\.type) == [
                "double", "datetime", "array<string>", "object{number: long (optional), street: string}", "map<float>",
            ]
        )
        #expect(signature.inputs.map(\.isRequired) == [true, false, true, true, false])
        #expect(signature.outputs == [.init(name: nil, type: "tensor int64 [-1]")])
    }

    @Test func `Parameters have defaults, NaN among them`() throws {
        let signature = try #require(try MLmodel.read(folder: Fixture("models/mlflow-3").path).signature)
        #expect(
            signature.parameters == [
                .init(name: "threshold", type: "double", isRequired: false, defaultValue: "0.5"),
                .init(name: "limit", type: "double", isRequired: false, defaultValue: "nan"),
                .init(name: "weights", type: "long [-1]", isRequired: false, defaultValue: "[1, 2]"),
            ]
        )
    }

    @Test func `A flavor's nested settings are YAML in one line`() throws {
        let model = try MLmodel.read(folder: Fixture("models/mlflow-3").path)
        let attributes = model.flavors[0].attributes
        #expect(attributes.contains(.init(key: "config", value: "{threshold: 0.5, columns: [a, b]}")))
        #expect(attributes.contains(.init(key: "streamable", value: "false")))
        #expect(attributes.contains(.init(key: "env", value: "{conda: conda.yaml, virtualenv: python_env.yaml}")))
    }

    @Test func `A tensor is told by its type and shape`() throws {
        let signature = try #require(try MLmodel.read(folder: Fixture("models/tensor").path).signature)
        #expect(signature.inputs == [.init(name: "images", type: "tensor float64 [-1, 28, 28]")])
    }

    @Test(arguments: [
        ("data", "loader_module: mlflow.sklearn\n    data: model.pkl\n    env: conda.yaml"),
        ("code", "loader_module: mlflow.pyfunc.model\n    code: code"),
        ("loader_module", "env: {conda: conda.yaml}"),
    ])
    func `A model of which a part is missing is refused by the part`(part: String, flavor: String) throws {
        let folder = NSTemporaryDirectory() + "batchstudio-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let text = "artifact_path: model\nflavors:\n  python_function:\n    \(flavor)\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/MLmodel"))
        let error = #expect(throws: StudioError.self) { try MLmodel.read(folder: folder) }
        #expect(error?.code == .file)
        expectMessage(error, "mlmodel/no-\(part)", placeholders: [folder: "FOLDER"])
    }

    @Test func `Files that are named but missing are passed over`() throws {
        #expect(try MLmodel.read(folder: Fixture("models/tensor").path).environments.isEmpty)
        let sources = try MLmodel.read(folder: Fixture("models/mlflow-3").path).environments
        #expect(sources.map(\.file) == ["requirements.txt"])
        #expect(sources.map(\.pythonVersion) == ["3.11.7"])
    }

    @Test(arguments: [
        "absent", "mlflow-1/MLmodel", "torch", "nested", "crate",
    ])
    func `A folder that is no model is told why`(name: String) {
        let error = #expect(throws: StudioError.self) { try MLmodel.read(folder: Fixture("models/" + name).path) }
        #expect(error?.code == .file)
        #expect(error?.advice != nil)
        expectMessage(error.map { Fixture.tidy($0.description) }, "mlmodel/\(name)")
    }

    @Test(arguments: [
        ("no-yaml", "flavors: ["), ("no-mapping", "hello"), ("no-flavors", "flavors: {}"),
        ("inputs", "flavors: {python_function: {}}\nsignature: {inputs: 'no json'}"),
    ])
    func `A file that is no MLmodel is told why`(name: String, text: String) {
        let error = #expect(throws: StudioError.self) { try MLmodel.read(text: text, file: "MLmodel") }
        #expect(error?.code == .file)
        expectMessage(error, "mlmodel/\(name)")
    }

    @Test func `A signature of a letter outside the basic plane is read`() throws {
        let text =
            #"flavors: {python_function: {}}"# + "\n"
            + #"signature: {inputs: '[{"name": "\ud83c\udf77", "type": "long"}]'}"#
        let model = try MLmodel.read(text: text, file: "MLmodel")
        #expect(model.signature?.inputs.first?.name == "🍷")
    }

    @Test(.timeLimit(.minutes(1)))
    func `A signature of thousands of columns is read`() throws {
        let columns = (0..<5_000).map { #"{"name": "f\#($0)", "type": "double", "required": true}"# }
        let text = "flavors: {python_function: {}}\nsignature:\n  inputs: '[\(columns.joined(separator: ", "))]'\n"
        #expect(try MLmodel.read(text: text, file: "MLmodel").signature?.inputs.count == 5_000)
    }
}
