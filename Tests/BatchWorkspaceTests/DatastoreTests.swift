import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@Suite struct DatastoreTests {
    private static let remote = Datastore(name: "web", remote: .http(url: "https://example.org"), createdAt: Date())
    private static let secret = Credentials(values: ["token": "TOPSECRET"])

    private func with(_ body: (Workspace) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let workspace = try Workspace(opening: WorkspaceFolder(path: folder + "/workspace"))
            _ = try await workspace.save(DatastoreRegistration(datastore: Self.remote, credentials: Self.secret))
            try await body(workspace)
        }
    }

    @Test func `Credentials come back from a file that only its owner reads`() async throws {
        try await with { workspace in
            #expect(try workspace.credentials(of: Self.remote) == Self.secret)
            let file = workspace.folder.path + "/secrets/datastore.web.json"
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let database = try Data(contentsOf: URL(fileURLWithPath: workspace.folder.database + "-wal"))
            #expect(database.firstRange(of: Data("TOPSECRET".utf8)) == nil)
        }
    }

    @Test func `A datastore that a data asset uses stays`() async throws {
        try await with { workspace in
            let path = DataReference.datastore(DatastorePath(datastore: "web", path: "in"))
            _ = try await workspace.register(DataRegistration(name: "wine", path: path))
            await expectRefusal(.inUse, "delete/datastore") { try await workspace.deleteDatastore("web") }
            #expect(try await workspace.dataAsset(AssetReference(name: "wine")).path == path)
        }
    }

    @Test func `A deleted datastore's secrets are gone`() async throws {
        try await with { workspace in
            try await workspace.deleteDatastore("web")
            #expect(try workspace.credentials(of: Self.remote).isEmpty)
            #expect(try await workspace.datastores().map(\.name) == [Datastore.defaultName])
        }
    }

    @Test func `The workspace's own datastore neither changes nor goes`() async throws {
        try await with { workspace in
            let own = Datastore(name: Datastore.defaultName, path: "/elsewhere", createdAt: Date())
            await #expect(throws: StudioError.self) { try await workspace.save(DatastoreRegistration(datastore: own)) }
            await #expect(throws: StudioError.self) { try await workspace.deleteDatastore(own.name) }
        }
    }

    @Test func `A data asset of a signed address is refused`() async throws {
        try await with { workspace in
            let registration = DataRegistration(name: "wine", path: .url("https://example.org/x.csv?sig=TOPSECRET"))
            let error = await #expect(throws: ValidationError.self) { try await workspace.register(registration) }
            #expect(error?.description.contains("TOPSECRET") == false)
        }
    }

    @Test func `An output elsewhere is refused before anything starts`() async throws {
        try await with { workspace in
            let path = DatastorePath(datastore: "web", path: "out")
            await expectRefusal(.invalidState, "output/remote") { _ = try await workspace.localPath(of: path) }
        }
    }
}
