import BatchDomain
import Testing

struct AssetReferenceTests {
    @Test(arguments: [
        ("azureml:wine:3", AssetReference(name: "wine", version: .exact("3"))),
        ("azureml:wine@latest", AssetReference(name: "wine")),
        ("wine:3", AssetReference(name: "wine", version: .exact("3"))),
        ("wine", AssetReference(name: "wine")), ("azureml:wine", AssetReference(name: "wine")),
        ("azureml:wine:1.0-rc", AssetReference(name: "wine", version: .exact("1.0-rc"))),
    ])
    func `An asset is named in every form`(text: String, reference: AssetReference) throws {
        #expect(try AssetReference(text, field: "model") == reference)
    }

    @Test(arguments: [
        "", "azureml:", "azureml::3", "wine:", "wine@best", "wine@", "@latest", "a/b:1", "wine:1:2", "wine:1/2",
        "azureml://x",
    ])
    func `Text that names no asset is refused`(text: String) {
        #expect(throws: Problem.self) { try AssetReference(text, field: "model") }
    }

    @Test(arguments: ["azureml:wine:3", "azureml:wine@latest"])
    func `The written form is read back`(text: String) throws {
        #expect(try AssetReference(text, field: "model").description == text)
    }
}

struct DatastorePathTests {
    @Test(arguments: [
        ("azureml://datastores/blob/paths/a/b", "a/b"), ("azureml://datastores/blob/paths/a/b/", "a/b"),
        ("azureml://datastores/blob/paths/", ""), ("azureml://datastores/blob", ""),
        ("azureml://datastores/blob/paths//a//b", "a/b"),
        ("azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/blob/paths/a", "a"),
    ])
    func `A path is read in the short and the long form`(text: String, path: String) throws {
        #expect(try DatastorePath(text, field: "path") == DatastorePath(datastore: "blob", path: path))
    }

    @Test(arguments: [
        "azureml://", "azureml://datastores", "azureml://datastores/", "azureml://blob/paths/a",
        "datastores/blob/paths/a",
        "azureml://datastores/blob/paths/../x", "azureml://datastores/blob/paths/a/../../x",
    ])
    func `A path that is none, or leaves the datastore, is refused`(text: String) {
        #expect(throws: Problem.self) { try DatastorePath(text, field: "path") }
    }

    @Test func `Two dots in a name are no way out`() throws {
        #expect(try DatastorePath("azureml://datastores/blob/paths/a..b", field: "path").path == "a..b")
    }
}

struct DataReferenceTests {
    @Test(arguments: [
        ("azureml:wine:3", DataReference.asset(AssetReference(name: "wine", version: .exact("3")))),
        ("azureml://datastores/blob/paths/a", .datastore(DatastorePath(datastore: "blob", path: "a"))),
        ("https://example.org/a.csv", .url("https://example.org/a.csv")), ("wasbs://c@a/x", .url("wasbs://c@a/x")),
        ("./data", .local("./data")), ("data", .local("data")), ("/data", .local("/data")),
        ("file:///data/a.csv", .local("/data/a.csv")),
    ])
    func `Places are told apart by their form`(text: String, reference: DataReference) throws {
        #expect(try DataReference(text, field: "path") == reference)
    }

    @Test(arguments: ["", "azureml:", "azureml://nowhere"])
    func `Text that looks like a reference and is none is refused`(text: String) {
        #expect(throws: Problem.self) { try DataReference(text, field: "path") }
    }

    @Test(arguments: ["azureml:wine:3", "azureml://datastores/blob/paths/a", "https://example.org/a", "./data"])
    func `The written form is read back`(text: String) throws {
        #expect(try DataReference(text, field: "path").description == text)
    }
}
