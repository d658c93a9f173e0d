import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct DataTests {
    @Test func `A data asset names its data and does not copy it`() async throws {
        try await WorkspaceBench.with { bench in
            let input = try bench.makeInput()
            let asset = try await bench.workspace.register(DataRegistration(name: "unlabeled", path: .local(input)))
            #expect(asset.id.description == "azureml:unlabeled:1")
            #expect(asset.path == .local(input))
            #expect(try await bench.workspace.dataAsset(AssetReference(name: "unlabeled")) == asset)
        }
    }

    @Test func `A table is kept with what its file said`() async throws {
        try await WorkspaceBench.with { bench in
            let input = try bench.makeInput()
            var options = ReadOptions()
            try options.set(.delimiter, to: .text(";"))
            let table = MLTable(root: input, patterns: ["*.csv", "!MLTable"], readOptions: options)
            var registration = DataRegistration(name: "wines", kind: .table, path: .local(input), table: table)
            let asset = try await bench.workspace.register(registration)
            #expect(asset.kind == .table && asset.table == table)
            #expect(try await bench.workspace.dataAsset(AssetReference(name: "wines")).table == table)
            // What is no table has none.
            registration.kind = .folder
            #expect(try await bench.workspace.register(registration).table == nil)
        }
    }

    @Test func `A table whose file is not on this machine is refused`() async throws {
        try await WorkspaceBench.with { bench in
            await expectRefusal(of: ["type"], "data/remote-table") {
                let path = DataReference.url("https://example.org/wines")
                _ = try await bench.workspace.register(DataRegistration(name: "wines", kind: .table, path: path))
            }
        }
    }

    @Test func `Data that is not there is refused by its path`() async throws {
        try await WorkspaceBench.with { bench in
            await expectRefusal(of: ["path"], "data/missing") {
                _ = try await bench.workspace.register(DataRegistration(name: "unlabeled", path: .local("/no/data")))
            }
        }
    }

    @Test func `A type that is not that of the place is refused, with all else that is wrong`() async throws {
        try await WorkspaceBench.with { bench in
            try write("n\n1\n", to: bench.folder + "/rows.csv")
            let placeholders = [bench.folder: "FOLDER"]
            await expectRefusal(of: ["name", "type"], "data/type-of-file", placeholders: placeholders) {
                let rows = DataReference.local(bench.folder + "/rows.csv")
                _ = try await bench.workspace.register(DataRegistration(name: "a/b", kind: .folder, path: rows))
            }
            await expectRefusal(of: ["type"], "data/type-of-folder", placeholders: placeholders) {
                let folder = DataReference.local(bench.folder)
                _ = try await bench.workspace.register(DataRegistration(name: "rows", kind: .file, path: folder))
            }
        }
    }

    @Test func `A data asset is a place, not another asset`() async throws {
        try await WorkspaceBench.with { bench in
            let other = DataReference.asset(AssetReference(name: "other"))
            await expectRefusal(of: ["path"], "data/asset") {
                _ = try await bench.workspace.register(DataRegistration(name: "unlabeled", path: other))
            }
        }
    }

    @Test func `A datastore path lies in the datastore's folder`() async throws {
        try await WorkspaceBench.with { bench in
            let path = try DatastorePath("azureml://datastores/workspaceblobstore/paths/a/b", field: "path")
            #expect(try await bench.workspace.localPath(of: path) == bench.workspace.folder.blobs + "/a/b")
        }
    }

    @Test func `Environments count up like models`() async throws {
        try await WorkspaceBench.with { bench in
            for version in ["1", "2"] {
                let asset = try await bench.workspace.register(EnvironmentRegistration(name: "plain", image: "ubuntu"))
                #expect(asset.version == version)
            }
            #expect(try await bench.workspace.environments().map(\.version) == ["2"])
            #expect(try await bench.workspace.environment(AssetReference(name: "plain")).image == "ubuntu")
        }
    }
}
