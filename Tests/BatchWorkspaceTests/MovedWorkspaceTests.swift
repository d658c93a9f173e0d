import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit
import TestSupport
import Testing

/// Workspaces that were moved, copied and restored.
struct MovedWorkspaceTests {
    private static let fixtures = ["schema-1", "schema-1-script"]

    @Test func `A workspace of the first version that was moved is whole at its new place`() async throws {
        try await withTemporaryFolder { folder in
            let (old, new) = (WorkspaceFolder(path: folder + "/old"), WorkspaceFolder(path: folder + "/new/place"))
            try FirstVersion.make(at: old, Self.fixtures)
            try FileManager.default.createDirectory(atPath: folder + "/new", withIntermediateDirectories: true)
            try FileManager.default.moveItem(atPath: old.path, toPath: new.path)
            let workspace = try Workspace(opening: new)

            let output = try await workspace.output(of: "old-job").map(\.path)
            #expect(output == [new.blobs + "/old-job/score/predictions.csv"])
            #expect(try await workspace.model(AssetReference(name: "wine")).path == new.models + "/wine/1/wine")
            let code = ScoringCode(folder: new.path + "/" + FirstVersion.code, script: "score.py")
            #expect(try await workspace.deployment("script", of: "wine-batch").scoring == .script(code))
            let job = try await workspace.job("script-job").specification
            #expect(job.scoring == .script(code))
            #expect(job.modelPath == new.models + "/wine/1/wine")
            #expect(job.input.path == new.blobs + "/old-job/score")
            #expect(job.input.reference == .local(new.blobs + "/old-job/score"))
            #expect(try await workspace.dataAsset(AssetReference(name: "scores")).path == job.input.reference)
            #expect(try await workspace.dataAsset(AssetReference(name: "landed")).path == .local("/data/landed"))
            #expect(try await workspace.datastores().map(\.path) == ["/data/landing", new.blobs])
            let slice = try await workspace.jobSlice(JobListing()).jobs.map(\.outputFolder)
            #expect(slice.first == new.blobs + "/script-job/score")

            try write("1", to: folder + "/input/a.csv")
            let invocation = Invocation(
                endpointName: "wine-batch",
                deploymentName: "script",
                input: .local(folder + "/input")
            )
            let next = try await workspace.invoke(invocation)
            #expect(next.specification.output.folder == new.blobs + "/\(next.name)/score")
            #expect(!FileManager.default.fileExists(atPath: old.path))
        }
    }

    @Test func `Output that an earlier version wrote into the original of a copy stays found`() async throws {
        try await withTemporaryFolder { folder in
            let (original, copy) = (
                WorkspaceFolder(path: folder + "/original"), WorkspaceFolder(path: folder + "/copy")
            )
            try FirstVersion.make(at: original, Self.fixtures)
            try FileCopy.make(of: original.path, to: copy.path)
            try FileManager.default.removeItem(atPath: copy.blobs + "/script-job")
            let workspace = try Workspace(opening: copy)
            #expect(
                try await workspace.output(of: "script-job").map(\.path)
                    == [original.blobs + "/script-job/score/predictions.csv"]
            )
            #expect(
                try await workspace.output(of: "old-job").map(\.path) == [
                    copy.blobs + "/old-job/score/predictions.csv"
                ]
            )
        }
    }

    @Test func `A workspace moves again and again, and to a path through a link`() async throws {
        try await WorkspaceBench.with { bench in
            try write("def init(): pass\n", to: bench.folder + "/code/score.py")
            try await bench.deploy { $0.code = ScoringCode(folder: bench.folder + "/code", script: "score.py") }
            let job = try await bench.invoke()
            var place = bench.workspace.folder
            for name in ["second", "third"] {
                let next = WorkspaceFolder(path: bench.folder + "/" + name)
                try FileManager.default.moveItem(atPath: place.path, toPath: next.path)
                place = next
                let moved = try Workspace(opening: place)
                let specification = try await moved.job(job.name).specification
                #expect(specification.modelPath == place.models + "/wine/1/wine")
                #expect(specification.output.folder == place.blobs + "/\(job.name)/score")
                #expect(specification.input.path == bench.folder + "/input")
            }
            let link = WorkspaceFolder(path: bench.folder + "/link")
            try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: place.path)
            let linked = try Workspace(opening: link)
            let second = try await linked.register(bench.modelRegistration("wine"))
            #expect(second.path == link.models + "/wine/2/wine")
            #expect(try await Workspace(opening: place).model(second.reference).path == place.models + "/wine/2/wine")
        }
    }

    @Test func `No row names the workspace's own folder`() async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            let workspace = try await SampleWorkspace.fill(place, jobs: 2)
            try write("def init(): pass\n", to: folder + "/code/score.py")
            _ = try await workspace.deploy(
                DeploymentDraft(
                    endpointName: "new-endpoint",
                    name: "script",
                    model: .registered(AssetReference(name: "wine")),
                    code: ScoringCode(folder: folder + "/code", script: "score.py")
                )
            )
            let failed = try await workspace.jobs().first { $0.counts.failedFiles > 0 && $0.state.isTerminal }
            _ = try await workspace.retryFailed(RetryDraft(jobName: #require(failed).name))
            let lister = """
                import sqlite3, sys
                print("\\n".join(sqlite3.connect(sys.argv[1]).iterdump()).replace("\\\\/", "/"))
                """
            let dump = String(decoding: try runPython(lister, [place.database]), as: UTF8.self)
            let lines = dump.split(separator: "\n").filter { $0.contains(place.path) }
            #expect(lines.isEmpty)
            #expect(dump.contains("models/wine/1/wine"))
        }
    }

    @Test func `A copy gets an id of its own, a moved workspace keeps its`() async throws {
        try await WorkspaceBench.with { bench in
            let id = try #require(try await bench.workspace.id())
            let moved = WorkspaceFolder(path: bench.folder + "/moved")
            try FileManager.default.moveItem(atPath: bench.workspace.folder.path, toPath: moved.path)
            #expect(try await Workspace(opening: moved).id() == id)
            let copy = WorkspaceFolder(path: bench.folder + "/copy")
            try FileCopy.make(of: moved.path, to: copy.path)
            let other = try await Workspace(opening: copy).id()
            #expect(other != nil && other != id)
            #expect(try await Workspace(opening: copy).id() == other)
            #expect(try await Workspace(opening: moved).id() == id)
        }
    }

    @Test func `Nothing is made where an open workspace was before it moved`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let old = bench.workspace.folder.path
            let new = bench.folder + "/new"
            try FileManager.default.moveItem(atPath: old, toPath: new)
            let moved = await #expect(throws: WorkspaceDisplaced.self) { try await bench.invoke() }
            #expect(moved?.folder == old && moved?.fate == .moved(to: new))
            expectMessage(moved, "displaced/moved", placeholders: [bench.folder: "FOLDER"])
            let again = await #expect(throws: WorkspaceDisplaced.self) {
                try await bench.workspace.register(bench.modelRegistration())
            }
            #expect(again == moved)
            #expect(!FileManager.default.fileExists(atPath: old))
            try FileManager.default.removeItem(atPath: new)
            let deleted = await #expect(throws: WorkspaceDisplaced.self) { try await bench.invoke() }
            #expect(deleted?.folder == old && deleted?.fate == .deleted)
            expectMessage(deleted, "displaced/deleted", placeholders: [bench.folder: "FOLDER"])
        }
    }
}

extension Model {
    fileprivate var reference: AssetReference { AssetReference(id) }
}
