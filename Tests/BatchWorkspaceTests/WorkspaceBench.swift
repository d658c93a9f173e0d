import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport

/// A workspace in a temporary folder, with what most tests need at hand.
struct WorkspaceBench {
    let workspace: Workspace
    let folder: String
    /// The workspace's clock, which tests set.
    let clock: BenchClock

    static let date = Date(timeIntervalSince1970: 1_795_000_000)

    /// Runs the body with a new workspace.
    static func with(_ body: (WorkspaceBench) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let place = WorkspaceFolder(path: folder + "/workspace")
            let clock = BenchClock(date)
            let workspace = try Workspace(opening: place, now: { clock.now })
            try await body(WorkspaceBench(workspace: workspace, folder: folder, clock: clock))
        }
    }

    /// The same workspace as another process sees it.
    func reopened() throws -> Workspace { try Workspace(opening: workspace.folder, now: { Self.date }) }

    /// A model of no particular kind, in a folder of its own.
    func modelRegistration(_ name: String = "wine", version: String? = nil) throws -> ModelRegistration {
        let path = folder + "/models/" + name
        try write("weights", to: path + "/model.bin")
        return ModelRegistration(name: name, version: version, kind: .custom, path: path, source: "./" + name)
    }

    /// A registered MLflow model without code.
    @discardableResult
    func registerMLflowModel(
        _ name: String = "wine",
        flavors: [String] = ["python_function"],
        environments: [EnvironmentSource] = [
            EnvironmentSource(file: "conda.yaml", pythonVersion: "3.11", requirements: ["mlflow"])
        ]
    ) async throws -> Model {
        var registration = try modelRegistration(name)
        registration.kind = .mlflow
        registration.mlflow = MLflowModel(
            flavors: flavors.map { MLflowModel.Flavor(name: $0, attributes: []) },
            createdAt: "2026-11-22 13:58:01.123456",
            environments: environments
        )
        return try await workspace.register(registration)
    }

    /// An endpoint with a deployment of a registered MLflow model.
    @discardableResult
    func deploy(
        _ deployment: String = "mlflow",
        to endpoint: String = "wine-batch",
        setDefault: Bool = false,
        _ change: (inout DeploymentDraft) -> Void = { _ in }
    ) async throws -> Deployment {
        if (try? await workspace.model(AssetReference(name: "wine"))) == nil { try await registerMLflowModel() }
        _ = try await workspace.createEndpoint(EndpointDraft(name: endpoint))
        var draft = DeploymentDraft(
            endpointName: endpoint,
            name: deployment,
            model: .registered(AssetReference(name: "wine"))
        )
        change(&draft)
        return try await workspace.deploy(draft, setDefault: setDefault)
    }

    /// A folder with an input file.
    func makeInput(_ name: String = "input") throws -> String {
        try write("1", to: folder + "/\(name)/a.csv")
        return folder + "/" + name
    }

    /// The parameters of a job of `wine-batch`.
    func invocation() throws -> Invocation { Invocation(endpointName: "wine-batch", input: .local(try makeInput())) }

    /// Submits a job to `wine-batch`.
    @discardableResult
    func invoke(_ change: (inout Invocation) throws -> Void = { _ in }) async throws -> Job {
        var invocation = try invocation()
        try change(&invocation)
        return try await workspace.invoke(invocation)
    }

    /// Takes a job through states.
    func move(_ job: String, through states: JobState...) async throws {
        for state in states { try await workspace.setState(of: job, to: state) }
    }
}
