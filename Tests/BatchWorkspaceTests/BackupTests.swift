import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit
import TestSupport
import Testing

struct BackupTests {
    @Test func `A backup is a workspace with all that the original had`() async throws {
        try await WorkspaceBench.with { bench in
            try write("def init(): pass\n", to: bench.folder + "/code/score.py")
            try await bench.deploy { $0.code = ScoringCode(folder: bench.folder + "/code", script: "score.py") }
            let done = try await bench.invoke()
            try await bench.move(done.name, through: .preparing, .running, .finalizing, .completed)
            try write("rows\n", to: done.specification.output.folder + "/predictions.csv")
            try write("log\n", to: bench.workspace.folder.job(done.name).controllerLog)
            let half = try await bench.invoke()
            try await bench.move(half.name, through: .preparing, .running)
            try write("too early\n", to: half.specification.output.folder + "/predictions.csv")
            try write("secret", to: bench.workspace.folder.path + "/secrets/datastore.x.json")

            let place = WorkspaceFolder(path: bench.folder + "/backup")
            let report = try await bench.workspace.backUp(to: place.path)
            #expect(report.files >= 5 && report.bytes > 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
            #expect(names == ["blobs", "code", "jobs", "models", "studio.sqlite"])
            let backup = try Workspace(opening: place)
            #expect(try await backup.id() != bench.workspace.id())
            #expect(
                try await backup.output(of: done.name).map(\.path) == [
                    place.blobs + "/\(done.name)/score/predictions.csv"
                ]
            )
            #expect(FileManager.default.fileExists(atPath: place.job(done.name).controllerLog))
            let model = try await backup.model(AssetReference(name: "wine")).path
            #expect(FileManager.default.fileExists(atPath: model + "/model.bin"))
            guard case .script(let code) = try await backup.deployment("mlflow", of: "wine-batch").scoring else {
                Issue.record("The deployment has no code.")
                return
            }
            #expect(FileManager.default.fileExists(atPath: code.folder + "/score.py"))
            // It is scored again in the backup, where the output's place must be free.
            #expect(!FileManager.default.fileExists(atPath: place.blobs + "/\(half.name)/score/predictions.csv"))
            #expect(try await backup.unfinishedJobs().map(\.name) == [half.name])
        }
    }

    @Test func `A backup goes into a new or empty folder outside of the workspace`() async throws {
        try await WorkspaceBench.with { bench in
            try write("mine", to: bench.folder + "/full/file")
            await expectRefusal(.alreadyExists, "backup/not-empty", placeholders: [bench.folder: "FOLDER"]) {
                _ = try await bench.workspace.backUp(to: bench.folder + "/full")
            }
            let inside = bench.workspace.folder.blobs + "/backup"
            await expectRefusal(.file, "backup/inside", placeholders: [bench.folder: "FOLDER"]) {
                _ = try await bench.workspace.backUp(to: inside)
            }
            try FileManager.default.createDirectory(atPath: bench.folder + "/empty", withIntermediateDirectories: true)
            _ = try await bench.workspace.backUp(to: bench.folder + "/empty")
            #expect(try await Workspace(opening: WorkspaceFolder(path: bench.folder + "/empty")).endpoints().isEmpty)
        }
    }

    @Test func `A folder that can't be read fails the backup, and nothing of it is left`() async throws {
        try await WorkspaceBench.with { bench in
            let place = bench.folder + "/backup"
            try await withDeepFolder(in: bench.workspace.folder.blobs) {
                let error = await #expect(throws: FileError.self) { try await bench.workspace.backUp(to: place) }
                #expect(error?.code == ENAMETOOLONG)
            }
            #expect(!FileManager.default.fileExists(atPath: place))
            #expect(try await bench.workspace.backUp(to: place).files == 1)
        }
    }

    @Test func `A checkpointed database is whole without its log`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.createEndpoint(EndpointDraft(name: "kept"))
            await bench.workspace.checkpoint()
            let copy = WorkspaceFolder(path: bench.folder + "/copy")
            try FileManager.default.createDirectory(atPath: copy.path, withIntermediateDirectories: true)
            try FileCopy.make(of: bench.workspace.folder.database, to: copy.database)
            #expect(try await Workspace(opening: copy).endpoints().map(\.name) == ["kept"])
        }
    }
}
