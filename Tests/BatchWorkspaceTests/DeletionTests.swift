import BatchDomain
import Foundation
import TestSupport
import Testing

@testable import BatchWorkspace

struct DeletionTests {
    private static let wine = AssetReference(name: "wine", version: .exact("1"))

    @Test func `A deleted version of a model takes its files with it, and no other version's`() async throws {
        try await WorkspaceBench.with { bench in
            let models = try [
                await bench.workspace.register(try bench.modelRegistration()),
                await bench.workspace.register(try bench.modelRegistration()),
            ]
            try await bench.workspace.deleteModel(AssetReference(models[0].id))
            #expect(try await bench.workspace.models(named: "wine").map(\.version) == ["2"])
            #expect(!FileManager.default.fileExists(atPath: bench.workspace.folder.models + "/wine/1"))
            #expect(FileManager.default.fileExists(atPath: models[1].path))
        }
    }

    @Test func `A model in use is refused, naming every deployment`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy("one")
            try await bench.deploy("two", to: "other-batch")
            await expectRefusal(.inUse, "delete/model-of-deployments") {
                try await bench.workspace.deleteModel(Self.wine)
            }
            #expect(try await bench.workspace.models().count == 1)
        }
    }

    @Test func `A model that a job still needs is refused, whatever its deployment uses by now`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            try await bench.registerMLflowModel()
            try await bench.deploy()
            await expectRefusal(.inUse, "delete/model-of-job", placeholders: [job.name: "JOB"]) {
                try await bench.workspace.deleteModel(Self.wine)
            }
            try await bench.move(job.name, through: .canceled)
            try await bench.workspace.deleteModel(Self.wine)
            #expect(try await bench.workspace.job(job.name).specification.model.version == "1")
        }
    }

    @Test func `The number of a deleted version does not come back by itself`() async throws {
        try await WorkspaceBench.with { bench in
            for _ in 0..<2 { _ = try await bench.workspace.register(try bench.modelRegistration()) }
            try await bench.workspace.deleteModel(AssetReference(name: "wine"))
            try await bench.workspace.deleteModel(AssetReference(name: "wine"))
            #expect(try await bench.workspace.register(try bench.modelRegistration()).version == "3")
            #expect(try await bench.workspace.register(try bench.modelRegistration(version: "1")).version == "1")
        }
    }

    @Test func `A deleted data asset leaves its data alone`() async throws {
        try await WorkspaceBench.with { bench in
            let input = try bench.makeInput()
            let asset = try await bench.workspace.register(DataRegistration(name: "wines", path: .local(input)))
            try await bench.workspace.deleteDataAsset(AssetReference(asset.id))
            #expect(try await bench.workspace.dataAssets().isEmpty)
            #expect(FileManager.default.fileExists(atPath: input + "/a.csv"))
        }
    }

    @Test func `An environment in use is refused, another is deleted`() async throws {
        try await WorkspaceBench.with { bench in
            let source = EnvironmentSource(file: "conda.yaml", pythonVersion: nil, requirements: [])
            let used = try await bench.workspace.register(EnvironmentRegistration(name: "used", source: source))
            let unused = try await bench.workspace.register(EnvironmentRegistration(name: "unused"))
            try await bench.deploy { $0.environment = .registered(AssetReference(used.id)) }
            await expectRefusal(.inUse, "delete/environment") {
                try await bench.workspace.deleteEnvironment(AssetReference(used.id))
            }
            try await bench.workspace.deleteEnvironment(AssetReference(unused.id))
            #expect(try await bench.workspace.environments().map(\.name) == ["used"])
        }
    }

    @Test func `A deleted job takes its logs with it and leaves its output`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            try write("log", to: bench.workspace.folder.job(job.name).controllerLog)
            try write("rows", to: job.specification.output.folder + "/predictions.csv")
            try await bench.move(job.name, through: .preparing, .running, .finalizing, .completed)
            try await bench.workspace.deleteJob(job.name)
            #expect(try await bench.workspace.jobs().isEmpty)
            #expect(!FileManager.default.fileExists(atPath: bench.workspace.folder.job(job.name).path))
            #expect(FileManager.default.fileExists(atPath: job.specification.output.folder + "/predictions.csv"))
        }
    }

    @Test(arguments: [[], [.preparing], [.preparing, .running], [.cancelRequested]] as [[JobState]])
    func `A job that has not ended is refused`(states: [JobState]) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            for state in states { try await bench.workspace.setState(of: job.name, to: state) }
            await expectRefusal(
                .inUse,
                "delete/job-\(states.last?.rawValue ?? "Queued")",
                placeholders: [job.name: "JOB"]
            ) { try await bench.workspace.deleteJob(job.name) }
            #expect(try await bench.workspace.jobs().count == 1)
        }
    }

    @Test func `What a process that died in mid-deletion left is swept by the next one`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            let log = bench.workspace.folder.job(job.name).controllerLog
            try write("log", to: log)
            try await bench.move(job.name, through: .canceled)
            try await bench.workspace.forgetJob(job.name)
            #expect(FileManager.default.fileExists(atPath: log))
            await (try bench.reopened()).sweep()
            #expect(!FileManager.default.fileExists(atPath: log))
        }
    }

    @Test func `Nothing is deleted while the database is locked, only moved`() async throws {
        try await WorkspaceBench.with { bench in
            let folder = bench.workspace.folder
            try write("rows", to: folder.job("nightly").segments + "/a-1")
            try await bench.workspace.database.write { db in try folder.clear("jobs/nightly/segments", db) }
            #expect(!FileManager.default.fileExists(atPath: folder.job("nightly").segments))
            let taken = try FileManager.default.contentsOfDirectory(atPath: folder.trash)
            #expect(taken.count == 1)
            #expect(FileManager.default.fileExists(atPath: "\(folder.trash)/\(taken.first ?? "")/a-1"))
            // It was killed before it could delete them.
            await (try bench.reopened()).sweep()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.trash).isEmpty)
        }
    }

    @Test func `A link in the trash's place is not followed`() async throws {
        try await WorkspaceBench.with { bench in
            let folder = bench.workspace.folder
            let mine = bench.folder + "/mine"
            try write("photo", to: mine + "/removed-photos")
            try FileManager.default.createSymbolicLink(atPath: folder.trash, withDestinationPath: mine)
            try write("rows", to: folder.job("nightly").segments + "/a-1")
            try await bench.workspace.database.write { db in try folder.clear("jobs/nightly/segments", db) }
            await bench.workspace.sweep()
            #expect(!FileManager.default.fileExists(atPath: folder.job("nightly").segments))
            #expect(FileManager.default.fileExists(atPath: mine + "/removed-photos"))
        }
    }

    @Test(arguments: [0, 1])
    func `The rows of a completed job are swept unless failed files may need them`(failedFiles: Int) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            let rows = bench.workspace.folder.job(job.name).segments + "/a-1"
            try write("row", to: rows)
            try await bench.move(job.name, through: .preparing, .running)
            try await bench.workspace.setPlan(of: job.name, files: 2, miniBatches: 1)
            let record = MiniBatchRecord(
                id: 0,
                outcome: .done(Segment(file: "a-1", offset: 0, bytes: 3, checksum: 0, rows: 1)),
                attempts: 1,
                files: 2,
                startedAt: WorkspaceBench.date,
                seconds: 1,
                pid: 1,
                failedFiles: failedFiles,
                failures: []
            )
            _ = try await bench.workspace.journal([record], of: job.name)
            try await bench.move(job.name, through: .finalizing, .completed)
            #expect(FileManager.default.fileExists(atPath: rows))
            await (try bench.reopened()).sweep()
            #expect(FileManager.default.fileExists(atPath: rows) == (failedFiles > 0))
        }
    }

    @Test func `What is left of a deleted job is not taken for a new one of its name`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            try write("other.csv", to: bench.workspace.folder.job("nightly").manifest)
            try await bench.invoke { $0.jobName = "nightly" }
            #expect(!FileManager.default.fileExists(atPath: bench.workspace.folder.job("nightly").manifest))
        }
    }
}
