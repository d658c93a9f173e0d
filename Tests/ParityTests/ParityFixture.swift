import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// A folder with a workspace and with what a user registers in it.
struct ParityFixture: Sendable {
    /// The fixture of the suite that is running.
    @TaskLocal fileprivate static var current: ParityFixture?

    /// The folder.
    let folder: String
    /// The workspace, in lines.
    let workspace: [String]

    /// Runs the body with an empty place for copies of the fixture, which is gone afterwards.
    static func with<Result>(_ body: (_ bench: ParityBench) async throws -> Result) async throws -> Result {
        let fixture = try #require(current, "The suite has the trait .parityFixture.")
        return try await withTemporaryFolder { folder in
            try await body(ParityBench(fixture: fixture, folder: folder + "/copy"))
        }
    }

    /// Fills a folder.
    fileprivate init(in folder: String) async throws {
        try Self.writeFiles(folder)
        let workspace = try await SampleWorkspace.fill(WorkspaceFolder(path: folder + "/workspace"), jobs: 1)
        try Profile.sample.write(to: workspace.folder.job(SampleWorkspace.completedJob).profile)
        try await Self.register(folder, in: workspace)
        try await Self.makeSchedules(in: workspace)
        try await Self.archive(in: workspace)
        self.folder = folder
        self.workspace = try WorkspaceDump.lines(of: folder)
    }

    private static func writeFiles(_ folder: String) throws {
        let conda = "name: wine\ndependencies:\n- python=3.11\n- pip:\n  - mlflow\n"
        try write(
            """
            artifact_path: model
            flavors:
              python_function:
                env: conda.yaml
                loader_module: mlflow.sklearn
                model_path: model.pkl

            """,
            to: folder + "/model/MLmodel"
        )
        try write(conda, to: folder + "/model/conda.yaml")
        try write("pickle", to: folder + "/model/model.pkl")
        try write("weights", to: folder + "/weights/model.bin")
        try write("def init():\n    pass\n\n\ndef run(batch):\n    return batch\n", to: folder + "/code/score.py")
        try write("def init():\n    pass\n", to: folder + "/code/no_run.py")
        try write("def init(:\n", to: folder + "/code/no_python.py")
        try write(conda, to: folder + "/conda.yaml")
        try write("dependencies: 3\n", to: folder + "/no_conda.yaml")
        try write("scikit-learn==1.5.2\npandas\n", to: folder + "/requirements.txt")
        try write("alcohol,malic\n13.2,1.7\n", to: folder + "/unlabeled/a.csv")
        try write(
            "paths:\n- pattern: ./*.csv\ntransformations:\n- read_delimited:\n    delimiter: ','\n",
            to: folder + "/table/MLTable"
        )
        try write("alcohol,malic\n13.2,1.7\n", to: folder + "/table/a.csv")
        try write("paths: 3\n", to: folder + "/no_table/MLTable")
    }

    /// Registers what nothing uses, for deletions, and a deployment with a script and an environment.
    private static func register(_ folder: String, in workspace: Workspace) async throws {
        for name in ["spare", "archived"] {
            _ = try await workspace.register(
                ModelRegistration(name: name, kind: .custom, path: folder + "/weights", source: "./weights")
            )
            _ = try await workspace.register(DataRegistration(name: name, path: .local(folder + "/unlabeled")))
            _ = try await workspace.register(
                EnvironmentRegistration(
                    name: name,
                    source: EnvironmentSource(file: "requirements.txt", pythonVersion: nil, requirements: ["pandas"])
                )
            )
        }
        _ = try await workspace.save(
            ComputeTarget(name: "spare", kind: .amlCompute, maxInstances: 2, createdAt: workspace.now())
        )
        for name in ["spare", "used"] {
            let datastore = Datastore(name: name, path: folder + "/unlabeled", createdAt: workspace.now())
            _ = try await workspace.save(DatastoreRegistration(datastore: datastore))
        }
        let place = DatastorePath(datastore: "used", path: "")
        _ = try await workspace.register(DataRegistration(name: "kept", path: .datastore(place)))
        _ = try await workspace.createEndpoint(EndpointDraft(name: "scripted"))
        _ = try await workspace.deploy(
            DeploymentDraft(
                endpointName: "scripted",
                name: "script",
                model: .registered(AssetReference(name: "taxi-tips")),
                code: ScoringCode(folder: folder + "/code", script: "score.py"),
                environment: .registered(AssetReference(name: "sklearn-env"))
            )
        )
    }

    private static func makeSchedules(in workspace: Workspace) async throws {
        let now = workspace.now()
        for name in ["spare", "off"] {
            _ = try await workspace.save(
                Schedule(
                    name: name,
                    trigger: .recurrence(Recurrence(.day), .init(start: now)),
                    job: Invocation(
                        endpointName: "taxi-tips",
                        input: .asset(AssetReference(name: "wine-unlabeled")),
                        jobName: name + "-{n}"
                    ),
                    isEnabled: name == "spare",
                    createdAt: now,
                    updatedAt: now
                )
            )
        }
    }

    private static func archive(in workspace: Workspace) async throws {
        for kind in [AssetKind.model, .data, .environment] {
            try await workspace.setArchived(true, kind, "archived", version: nil)
        }
        try await workspace.setArchived(true, job: "nightly-0")
    }
}

/// Makes the fixture before a suite and removes it afterwards.
struct ParityFixtureTrait: SuiteTrait, TestScoping {
    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let fixture = try await ParityFixture(in: folder)
            try await ParityFixture.$current.withValue(fixture) { try await function() }
        }
    }
}

extension Trait where Self == ParityFixtureTrait {
    /// Runs the tests of a suite with the fixture of parity tests.
    static var parityFixture: Self { Self() }
}
