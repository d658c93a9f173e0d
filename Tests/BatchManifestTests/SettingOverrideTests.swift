import BatchDomain
import BatchManifest
import Testing

struct SettingOverrideTests {
    @Test func `A value replaces the one in the file`() throws {
        let document = try YAMLDocument(text: "a: {b: 1, c: 2}\n", file: "w.yml").setting(path: "a.b", value: "3")
        #expect(document.root["a"]?["b"]?.text == "3")
        #expect(document.root["a"]?["c"]?.text == "2")
    }

    @Test func `A path that is not there is made`() throws {
        let document = try YAMLDocument().setting(path: "retry_settings.timeout", value: "60")
        #expect(document.root["retry_settings"]?["timeout"]?.text == "60")
    }

    @Test func `Lists and mappings are read`() throws {
        let document = try YAMLDocument().setting(path: "tags", value: "{\"team\": \"wine\"}")
        #expect(document.root["tags"]?["team"]?.text == "wine")
    }

    @Test func `Text with a colon stays text`() throws {
        let document = try YAMLDocument().setting(path: "description", value: "one: two")
        #expect(document.root["description"]?.text == "one: two")
    }

    @Test(arguments: ["", "null", "~"])
    func `An empty value takes the key's value away`(value: String) throws {
        let document = try YAMLDocument(text: "description: x\n", file: "w.yml")
        #expect(try document.setting(path: "description", value: value).root["description"]?.isNull == true)
    }

    @Test func `A flag that was not given changes nothing`() throws {
        let document = try YAMLDocument(text: "name: x\n", file: "w.yml")
        #expect(try document.setting(path: "name", text: nil) == document)
    }

    @Test func `A flag's text is never taken for null`() throws {
        #expect(try YAMLDocument().setting(path: "name", text: "null").root["name"]?.text == "null")
    }

    @Test(arguments: ["", ".a", "a..b", "a[0].b"])
    func `A path that is none is refused`(path: String) {
        #expect(throws: ValidationError.self) { try YAMLDocument().setting(path: path, value: "1") }
    }

    @Test func `A path through text is refused with the line of the text`() throws {
        let document = try YAMLDocument(text: "x: 1\nmodel: azureml:wine:1\n", file: "w.yml")
        let found = problems { try document.setting(path: "model.path", value: "./x") }
        #expect(found.first?.location?.line == 2)
    }

    @Test func `An override is judged by the same rules as the file`() throws {
        let document = try Fixture("deployments/2023-model.yml").document
            .setting(path: "settings.mini_batch_size", value: "none")
        let found = problems { try DeploymentManifest.read(document) }
        #expect(found.map(\.field) == ["settings.mini_batch_size"])
    }

    @Test(arguments: [("a.b", "{a: {c: 2}, d: 3}"), ("a", "{d: 3}"), ("x.y", "{a: {b: 1, c: 2}, d: 3}")])
    func `A key is removed with what is under it`(path: String, rest: String) throws {
        let document = try YAMLDocument(text: "{a: {b: 1, c: 2}, d: 3}", file: "w.yml").removing(path: path)
        #expect(document.root.shape == (try YAMLDocument(text: rest, file: "w.yml")).root.shape)
    }

    @Test func `What is printed can be changed and read again`() throws {
        let document = YAMLDocument(ManifestValue(PrintingTests.deployment))
        let draft = try DeploymentManifest.read(document.setting(path: "settings.mini_batch_size", value: "7"))
        var expected = DeploymentDraft(PrintingTests.deployment)
        expected.settings.miniBatchSize = 7
        #expect(draft == expected)
    }
}

extension YAMLNode {
    /// The values alone, as text.
    fileprivate var shape: String {
        if let text { return text }
        if let elements { return "[" + elements.map(\.shape).joined(separator: ",") + "]" }
        return "{" + (entries ?? []).map { "\($0.key):\($0.value.shape)" }.joined(separator: ",") + "}"
    }
}
