import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct OpeningTests {
    private static func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test func `A new workspace has its datastore and this machine`() async throws {
        try await WorkspaceBench.with { bench in
            let datastores = try await bench.workspace.datastores()
            #expect(datastores.map(\.name) == ["workspaceblobstore"])
            #expect(datastores.map(\.path) == [bench.workspace.folder.blobs])
            #expect(try await bench.workspace.computeTargets().map(\.name) == ["local"])
        }
    }

    @Test func `A new workspace is its owner's alone`() async throws {
        try await WorkspaceBench.with { bench in
            let place = bench.workspace.folder
            let folders = [place.path, place.models, place.code, place.blobs, place.path + "/jobs"]
            let modes = try folders.map(Self.mode)
            #expect(modes == Array(repeating: 0o700, count: folders.count))
        }
    }

    @Test func `Many who open a new workspace at once all get it`() async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/new")
            let names = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let workspace = try Workspace(opening: place)
                        return try await workspace.createEndpoint(EndpointDraft(name: "endpoint-\(number)")).name
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(names.count == 8)
            #expect(try await Workspace(opening: place).endpoints().count == 8)
            #expect(try await Workspace(opening: place).datastores().count == 1)
        }
    }

    @Test func `A workspace of a newer version is refused, and left as it is`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try runPython(
                """
                import sqlite3, sys
                c = sqlite3.connect(sys.argv[1])
                c.execute("INSERT INTO grdb_migrations VALUES ('99 the far future')")
                c.commit()
                """,
                [bench.workspace.folder.database]
            )
            let error = #expect(throws: StudioError.self) { try bench.reopened() }
            #expect(error?.code == .workspace)
            let text = error?.description.replacing(/ends with '.*'\./, with: "ends with 'LAST'.")
            expectMessage(text, "open/newer", placeholders: [bench.folder: "FOLDER"])
        }
    }

    @Test func `A folder that can't be made is told by its path`() async throws {
        try await withTemporaryFolder { folder in
            try write("a file", to: folder + "/taken")
            await expectRefusal(.workspace, "open/taken", placeholders: [folder: "FOLDER"]) {
                _ = try Workspace(opening: WorkspaceFolder(path: folder + "/taken"))
            }
        }
    }

    @Test func `A file that is no database is not touched`() async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder)
            let text = String(repeating: "no database ", count: 100)
            try write(text, to: place.database)
            let error = #expect(throws: StudioError.self) { try Workspace(opening: place) }
            #expect(error?.code == .damaged && error?.message.contains(place.database) == true)
            #expect(try String(contentsOfFile: place.database, encoding: .utf8) == text)
        }
    }

    @Test(
        arguments: [
            (nil, [:], "/home/me/.local/share/batchstudio/default"),
            (nil, ["XDG_DATA_HOME": "/data"], "/data/batchstudio/default"),
            (nil, ["XDG_DATA_HOME": "relative"], "/home/me/.local/share/batchstudio/default"),
            (nil, ["BATCHSTUDIO_WORKSPACE": "/else/where"], "/else/where"),
            (nil, ["BATCHSTUDIO_WORKSPACE": ""], "/home/me/.local/share/batchstudio/default"),
            ("here", ["BATCHSTUDIO_WORKSPACE": "/else/where"], "/current/here"),
            ("../up/./x", [:], "/up/x"),
        ] as [(String?, [String: String], String)]
    )
    func `The folder is found by name, variable or default`(
        named: String?,
        variables: [String: String],
        path: String
    ) {
        let environment = variables.merging(["HOME": "/home/me"]) { $1 }
        let folder = WorkspaceFolder.resolve(named: named, environment: environment, currentDirectory: "/current")
        #expect(folder.path == path)
    }

    @Test func `What the studio keeps is kept, and forgotten when told so`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.workspace.setStudioState("page", to: "endpoints")
            try await bench.workspace.setStudioState("page", to: "jobs")
            #expect(try await bench.reopened().studioState("page") == "jobs")
            try await bench.workspace.setStudioState("page", to: nil)
            #expect(try await bench.workspace.studioState("page") == nil)
        }
    }
}
