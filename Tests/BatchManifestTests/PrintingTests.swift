import BatchDomain
import BatchManifest
import Foundation
import TestSupport
import Testing

struct PrintingTests {
    @Test func `An endpoint`() {
        let endpoint = Endpoint(
            name: "wine-batch",
            description: "Scores wine",
            tags: ["team": "wine", "cost-center": "007"],
            defaultDeployment: "wine-mlflow",
            createdAt: someDate,
            updatedAt: someDate
        )
        expectGolden(ManifestValue(endpoint).json, "endpoint.json")
    }

    @Test func `A deployment`() {
        expectGolden(ManifestValue(Self.deployment).json, "deployment.json")
        expectGolden(ManifestValue(Self.deployment).yaml, "deployment.yaml")
    }

    @Test func `A deployment with a script that writes its own files`() {
        var deployment = Self.deployment
        deployment.scoring = .script(ScoringCode(folder: "/srv/code", script: "score.py"))
        deployment.environment = AssetVersion(name: "sklearn-env", version: "2")
        deployment.settings.outputAction = .summaryOnly
        deployment.settings.environmentVariables = ["DEBUG": "1"]
        expectGolden(ManifestValue(deployment).yaml, "deployment-script.yaml")
    }

    @Test func `A draft is the YAML that creates it`() throws {
        let draft = try DeploymentManifest.read(Fixture("deployments/2021-nonmlflow.yml").document)
        expectGolden(Fixture.tidy(ManifestValue(draft).yaml), "draft.yaml")
    }

    @Test func `An endpoint's draft is the YAML that creates it`() {
        let draft = EndpointDraft(name: "wine-batch", description: "Scores wine", tags: ["team": "wine"])
        expectGolden(ManifestValue(draft).yaml, "endpoint-draft.yaml")
    }

    @Test func `A model`() throws {
        let model = Model(
            name: "wine",
            version: "3",
            kind: .mlflow,
            source: "./wine",
            path: "/workspace/models/wine/3",
            bytes: 135_211,
            mlflow: try MLmodel.read(folder: Fixture("models/mlflow-2").path),
            createdAt: someDate
        )
        expectGolden(ManifestValue(model).json, "model.json")
    }

    @Test func `A data asset`() {
        let data = DataAsset(
            name: "wine-unlabeled",
            version: "1",
            kind: .folder,
            path: .datastore(DatastorePath(datastore: "workspaceblobstore", path: "wine")),
            createdAt: someDate
        )
        expectGolden(ManifestValue(data).json, "data.json")
    }

    @Test func `An environment`() throws {
        let environment = EnvironmentAsset(
            name: "sklearn-env",
            version: "2",
            image: "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04",
            condaFile: try Fixture("conda/conda.yaml").text,
            createdAt: someDate
        )
        expectGolden(ManifestValue(environment).yaml, "environment.yaml")
    }

    @Test func `A compute target`() {
        let compute = ComputeTarget(name: "batch-cluster", kind: .amlCompute, maxInstances: 4, createdAt: someDate)
        expectGolden(ManifestValue(compute).json, "compute.json")
    }

    @Test func `A job`() {
        expectGolden(ManifestValue(Self.job).json, "job.json")
        expectGolden(ManifestValue(invoked: Self.job).json, "job-invoked.json")
    }

    static let deployment = Deployment(
        endpointName: "wine-batch",
        name: "wine-mlflow",
        description: "Forests",
        tags: ["kind": "forest"],
        model: AssetVersion(name: "wine", version: "3"),
        compute: "batch-cluster",
        createdAt: someDate,
        updatedAt: someDate
    )

    private static var job: Job {
        var counts = JobCounts()
        counts.miniBatches = 10
        counts.files = 100
        counts.doneMiniBatches = 4
        counts.succeededFiles = 39
        counts.failedFiles = 1
        counts.rows = 3_900
        counts.bytes = 78_123
        let specification = JobSpecification(
            endpointName: "wine-batch",
            deploymentName: "wine-mlflow",
            model: deployment.model,
            modelPath: "/workspace/models/wine/3",
            scoring: .generated,
            environment: EnvironmentRequest(owner: "model wine:3", sources: []),
            compute: "batch-cluster",
            settings: deployment.settings,
            overrides: SettingsOverrides(),
            input: JobInput(
                reference: .asset(AssetReference(name: "wine-unlabeled", version: .exact("1"))),
                kind: .folder,
                path: "/data/wine"
            ),
            output: JobOutput(
                location: DatastorePath(datastore: "workspaceblobstore", path: "nightly/score"),
                folder: "/workspace/blobs/nightly/score",
                fileName: "predictions.csv"
            )
        )
        return Job(
            name: "nightly",
            displayName: "quirky_sponge_29ytk85j",
            experimentName: "wine-batch",
            state: .running,
            specification: specification,
            counts: counts,
            createdAt: someDate,
            startedAt: someDate.addingTimeInterval(2)
        )
    }
}

struct RoundTripTests {
    @Test(arguments: ["2022-flat", "2023-model", "2023-custom", "2021-nonmlflow", "2021-mlflow"])
    func `A printed draft is read back`(name: String) throws {
        let draft = try DeploymentManifest.read(Fixture("deployments/\(name).yml").document)
        let again = try DeploymentManifest.read(text: ManifestValue(draft).yaml, file: "/elsewhere/d.yml")
        #expect(neutral(again) == neutral(draft))
    }

    @Test(arguments: [DeploymentSettings.OutputAction.appendRow, .summaryOnly])
    func `A printed deployment is read back as the same draft`(action: DeploymentSettings.OutputAction) throws {
        var deployment = PrintingTests.deployment
        deployment.settings.outputAction = action
        deployment.settings.environmentVariables = ["EMPTY": "", "NUMBER": "007", "COLON": "a: b"]
        deployment.properties = ["null": "null"]
        deployment.environment = AssetVersion(name: "env", version: "1.10")
        let draft = DeploymentDraft(deployment)
        for text in [ManifestValue(deployment).yaml, ManifestValue(deployment).json] {
            #expect(try DeploymentManifest.read(text: text, file: "d.yml") == draft)
        }
    }

    /// What a path looked like and how a conda file was laid out is not kept.
    private func neutral(_ draft: DeploymentDraft) -> DeploymentDraft {
        var draft = draft
        if case .inline(var model) = draft.model {
            model.source = model.path
            draft.model = .inline(model)
        }
        if case .inline(var environment) = draft.environment {
            environment.condaFile = nil
            draft.environment = .inline(environment)
        }
        return draft
    }
}
