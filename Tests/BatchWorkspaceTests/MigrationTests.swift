import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// Workspaces of earlier versions.
struct MigrationTests {
    private static func with(_ body: (Workspace, WorkspaceFolder) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            try FirstVersion.make(at: place, ["schema-1"])
            try write("a\n", to: folder + "/input/a.csv")
            try await body(Workspace(opening: place), place)
        }
    }

    @Test func `What the first version wrote is there after the way up`() async throws {
        try await Self.with { workspace, place in
            #expect(try await workspace.endpoints().map(\.name) == ["wine-batch"])
            let deployment = try await workspace.deployment("mlflow", of: "wine-batch")
            #expect(deployment.settings.miniBatchSize == 5)
            #expect(deployment.settings.environmentVariables == ["OMP_NUM_THREADS": "1"])
            #expect(deployment.settings.memoryLimitPerWorker == nil)
            #expect(try await workspace.model(AssetReference(name: "wine")).path == place.models + "/wine/1/wine")
            let job = try await workspace.job("old-job")
            #expect(job.state == .completed)
            #expect(job.counts.rows == 20 && job.counts.succeededFiles == 3 && job.counts.failedFiles == 1)
            #expect(try await workspace.failures(of: "old-job").map(\.message) == ["could not be read"])
            #expect(try await workspace.segments(of: "old-job", after: -1, limit: 9).map(\.segment.bytes) == [40])
        }
    }

    @Test func `Data assets of the first version stay, and tables can be registered beside them`() async throws {
        try await Self.with { workspace, place in
            let input = (place.path as NSString).deletingLastPathComponent + "/input"
            let old = try await workspace.dataAsset(AssetReference(name: "wine-unlabeled"))
            #expect(old.version == "3" && old.kind == .folder && old.path == .local("/data/wine"))
            #expect(old.tags == ["team": "cellar"] && old.description == "Wines." && old.table == nil)
            let table = MLTable(root: input, patterns: ["*"])
            let asset = try await workspace.register(
                DataRegistration(name: "table", kind: .table, path: .local(input), table: table)
            )
            #expect(try await workspace.dataAssets().map(\.name) == [asset.name, old.name])
            #expect(asset.table == table)
        }
    }

    @Test func `The compute targets of the first version stay, and Ray clusters can be made beside them`() async throws
    {
        try await Self.with { workspace, _ in
            let old = try await workspace.computeTargets()
            #expect(old.contains { $0.kind == .local })
            let cluster = RayCluster(address: "auto", maxWorkers: 2)
            let made = try await workspace.save(
                ComputeTarget(name: "ray-cluster", kind: .ray, cluster: cluster, createdAt: workspace.now())
            )
            #expect(try await workspace.computeTargets().count == old.count + 1)
            #expect(try await workspace.computeTarget("ray-cluster").cluster == made.cluster)
            #expect(try await workspace.deployment("mlflow", of: "wine-batch").compute == "local")
        }
    }

    @Test func `A workspace of the first version works after the way up`() async throws {
        try await Self.with { workspace, place in
            let input = (place.path as NSString).deletingLastPathComponent + "/input"
            let job = try await workspace.invoke(Invocation(endpointName: "wine-batch", input: .local(input)))
            #expect(job.state == .queued && job.specification.settings.miniBatchSize == 5)
            _ = try await workspace.createEndpoint(EndpointDraft(name: "another"))
            #expect(try await workspace.endpoints().count == 2)
        }
    }

    @Test func `A job that the first version left unfinished resumes`() async throws {
        try await Self.with { workspace, _ in
            let unfinished = try await workspace.unfinishedJobs().map(\.name)
            #expect(unfinished == ["half-job"])
            let finished = try await workspace.finishedMiniBatches(of: "half-job")
            #expect(finished == [0])
        }
    }
}
