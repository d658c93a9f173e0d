import BatchDomain
import BatchManifest
import TestSupport
import Testing

struct InvocationManifestTests {
    @Test func `reads an input and an output whatever their names`() throws {
        let text = """
            inputs:
              heart_data:
                type: uri_folder
                path: azureml:wine-unlabeled@latest
            outputs:
              score:
                type: uri_file
                path: azureml://datastores/workspaceblobstore/paths/scores/night.csv
            """
        let manifest = try InvocationManifest.read(YAMLDocument(text: text, file: "/data/inputs.yml"))
        #expect(manifest.input == .asset(AssetReference(name: "wine-unlabeled")))
        #expect(manifest.inputKind == .folder)
        #expect(manifest.output == DatastorePath(datastore: "workspaceblobstore", path: "scores"))
        #expect(manifest.outputFileName == "night.csv")
    }

    @Test func `takes local paths from the file's folder`() throws {
        let manifest = try InvocationManifest.read(
            YAMLDocument(text: "inputs: {x: {path: ./unlabeled}}", file: "/data/inputs.yml")
        )
        #expect(manifest.input == .local("/data/unlabeled"))
    }

    @Test(
        arguments: [
            ("inputs", "inputs: {a: {path: x}, b: {path: y}}"), ("inputs.a.path", "inputs: {a: {type: uri_folder}}"),
            ("inputs.a.type", "inputs: {a: {path: x, type: table}}"), ("outputs.a.path", "outputs: {a: {path: ./x}}"),
            ("input", "input: {a: {path: x}}"),
        ]
    )
    func `refuses what a batch scoring job has not`(field: String, text: String) throws {
        let error = #expect(throws: ValidationError.self) {
            try InvocationManifest.read(YAMLDocument(text: text, file: "inputs.yml"))
        }
        #expect(error?.problems.first?.field == field)
        expectMessage(error, "invocation/\(field)")
    }
}
