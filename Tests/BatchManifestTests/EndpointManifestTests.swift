import BatchDomain
import BatchManifest
import TestSupport
import Testing

struct EndpointManifestTests {
    @Test func `An endpoint of Azure's examples is read`() throws {
        let draft = try EndpointManifest.read(Fixture("endpoints/endpoint.yml").document)
        #expect(
            draft
                == EndpointDraft(
                    name: "heart-classifier-batch",
                    description: "A heart condition classifier for batch inference",
                    tags: ["team": "wine"],
                    defaultDeployment: "classifier-xgboost-mlflow"
                )
        )
    }

    @Test func `What the file leaves out stays untouched`() throws {
        #expect(
            try EndpointManifest.read(text: "name: wine-batch\n", file: "e.yml") == EndpointDraft(name: "wine-batch")
        )
    }

    @Test func `A given name replaces the file's`() throws {
        #expect(try EndpointManifest.read(text: "name: a\n", file: "e.yml", name: "wine-batch").name == "wine-batch")
    }

    @Test func `A name alone is enough`() throws {
        #expect(try EndpointManifest.read(YAMLDocument(), name: "wine-batch").name == "wine-batch")
    }

    @Test func `A missing name is one problem`() {
        let found = problems { try EndpointManifest.read(text: "description: x\n", file: "e.yml") }
        #expect(found.map(\.field) == ["name"])
        expectMessage(found.first, "endpoint/no-name")
    }

    @Test(arguments: [("list", "- a\n- b\n"), ("text", "hello\n")])
    func `A file that is no mapping is refused`(name: String, text: String) {
        let found = problems { try EndpointManifest.read(text: text, file: "e.yml") }
        #expect(found.count == 1)
        expectMessage(found.first?.rule, "endpoint/no-mapping-but-\(name)")
    }

    @Test func `What show prints can be read back`() throws {
        let endpoint = Endpoint(
            name: "wine-batch",
            description: "Wine: good or bad?",
            tags: ["team": "wine"],
            defaultDeployment: "wine-mlflow",
            createdAt: someDate,
            updatedAt: someDate
        )
        let draft = try EndpointManifest.read(text: ManifestValue(endpoint).yaml, file: "e.yml")
        #expect(draft.description == endpoint.description)
        #expect(draft.defaultDeployment == "wine-mlflow")
    }
}
