import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport

@testable import BatchExecutor

/// A workspace with one job in it, for tests of the executor's parts.
struct ExecutorWorkspace {
    let workspace: Workspace
    let job: Job

    var folder: JobFolder { workspace.folder.job(job.name) }

    /// Runs the body with a job that is Running with so many mini-batches of one file each.
    static func with(
        miniBatches: Int,
        action: DeploymentSettings.OutputAction = .appendRow,
        _ body: (ExecutorWorkspace) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let workspace = try Workspace(opening: WorkspaceFolder(path: folder + "/workspace"), durability: .full)
            try write("def init(): pass", to: folder + "/code/score.py")
            try write("a model", to: folder + "/model.txt")
            try write("1", to: folder + "/input/1")
            var settings = SettingsOverrides()
            settings.outputAction = action
            _ = try await workspace.createEndpoint(EndpointDraft(name: "bench"))
            _ = try await workspace.deploy(
                DeploymentDraft(
                    endpointName: "bench",
                    name: "script",
                    model: .inline(
                        ModelRegistration(name: "none", kind: .custom, path: folder + "/model.txt", source: "model.txt")
                    ),
                    code: ScoringCode(folder: folder + "/code", script: "score.py"),
                    environment: .inline(
                        EnvironmentRegistration(
                            name: "plain",
                            source: EnvironmentSource(file: "conda.yaml", pythonVersion: nil, requirements: [])
                        )
                    ),
                    settings: settings
                )
            )
            let job = try await workspace.invoke(
                Invocation(endpointName: "bench", input: .local(folder + "/input"), jobName: "job")
            )
            for state in [JobState.preparing, .running] { try await workspace.setState(of: job.name, to: state) }
            try await workspace.setPlan(of: job.name, files: miniBatches, miniBatches: miniBatches)
            let made = ExecutorWorkspace(workspace: workspace, job: job)
            try FileManager.default.createDirectory(atPath: made.folder.segments, withIntermediateDirectories: true)
            try await body(made)
        }
    }

    /// The record of a mini-batch whose rows lie in a segment file.
    func done(_ id: Int, file: String, offset: Int, bytes: Int) -> MiniBatchRecord {
        let contents = FileManager.default.contents(atPath: folder.segments + "/" + file) ?? Data()
        let checksum = SegmentCopy.checksum(of: contents.dropFirst(offset).prefix(bytes))
        let segment = Segment(file: file, offset: offset, bytes: bytes, checksum: checksum, rows: bytes == 0 ? 0 : 1)
        return MiniBatchRecord(
            id: id,
            outcome: .done(segment),
            attempts: 1,
            files: 1,
            startedAt: Date(timeIntervalSince1970: 0),
            seconds: 1,
            pid: 1,
            failures: []
        )
    }
}
