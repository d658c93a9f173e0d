import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct DeploymentTests {
    /// A folder with a scoring script.
    private static func makeCode(_ bench: WorkspaceBench) throws -> ScoringCode {
        try write("def init(): pass", to: bench.folder + "/code/score.py")
        try write("x = 1", to: bench.folder + "/code/lib/help.py")
        return ScoringCode(folder: bench.folder + "/code", script: "score.py")
    }

    @Test func `Settings that were not given are Azure's defaults`() async throws {
        try await WorkspaceBench.with { bench in
            let deployment = try await bench.deploy { $0.settings.miniBatchSize = 3 }
            #expect(deployment.settings.miniBatchSize == 3)
            #expect(deployment.settings.maxRetries == 3)
            #expect(deployment.settings.timeout == 30)
            #expect(deployment.settings.errorThreshold == -1)
            #expect(try await bench.workspace.deployment("mlflow", of: "wine-batch") == deployment)
        }
    }

    @Test(arguments: [
        ("no-environment-files", []),
        ("no-packages", [EnvironmentSource(file: "conda.yaml", pythonVersion: "3.11", requirements: [])]),
    ])
    func `A model whose files name no packages is refused without an environment`(
        name: String,
        sources: [EnvironmentSource]
    ) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.registerMLflowModel(environments: sources)
            await expectRefusal(of: ["environment"], "deploy/\(name)") { try await bench.deploy { _ in } }
            _ = try await bench.workspace.register(Self.environment("plain", packages: ["mlflow"]))
            let deployment = try await bench.deploy { $0.environment = .registered(AssetReference(name: "plain")) }
            #expect(deployment.environment?.name == "plain")
        }
    }

    @Test func `An environment that is only an image is refused, registered or in place`() async throws {
        try await WorkspaceBench.with { bench in
            let code = try Self.makeCode(bench)
            var image = Self.environment("boxed", packages: nil)
            image.image = "mcr.example/sklearn:1"
            _ = try await bench.workspace.register(image)
            for (name, choice) in [
                ("registered", .registered(AssetReference(name: "boxed"))), ("inline", .inline(image)),
            ] as [(String, DeploymentDraft.EnvironmentChoice)] {
                await expectRefusal(of: ["environment"], "deploy/image-only-\(name)") {
                    try await bench.deploy {
                        $0.code = code
                        $0.environment = choice
                    }
                }
            }
        }
    }

    @Test func `A curated environment of Azure is refused with what to give instead`() async throws {
        try await WorkspaceBench.with { bench in
            let name = "AzureML-sklearn-1.0-ubuntu20.04-py38-cpu"
            await expectRefusal(of: ["environment"], "deploy/curated") {
                try await bench.deploy { $0.environment = .registered(AssetReference(name: name)) }
            }
        }
    }

    private static func environment(
        _ name: String,
        version: String? = nil,
        packages: [String]?
    ) -> EnvironmentRegistration {
        EnvironmentRegistration(
            name: name,
            version: version,
            source: packages.map { EnvironmentSource(file: "conda.yaml", pythonVersion: nil, requirements: $0) }
        )
    }

    @Test func `A deployment of the same name is replaced`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy { $0.description = "old" }
            try await bench.deploy { $0.description = "new" }
            #expect(try await bench.workspace.deployments(of: "wine-batch").map(\.description) == ["new"])
            #expect(try await bench.workspace.endpoint("wine-batch").defaultDeployment == "mlflow")
        }
    }

    @Test func `Scoring code is a snapshot: later changes do not touch it`() async throws {
        try await WorkspaceBench.with { bench in
            let code = try Self.makeCode(bench)
            let deployment = try await bench.deploy { $0.code = code }
            try write("changed", to: code.folder + "/score.py")
            guard case .script(let snapshot) = deployment.scoring else {
                Issue.record("the deployment has no script")
                return
            }
            #expect(snapshot.folder.hasPrefix(bench.workspace.folder.code + "/"))
            #expect(try String(contentsOfFile: snapshot.folder + "/score.py", encoding: .utf8) == "def init(): pass")
            #expect(try String(contentsOfFile: snapshot.folder + "/lib/help.py", encoding: .utf8) == "x = 1")
        }
    }

    @Test(arguments: ["none.py", "../outside.py", "/etc/hostname"])
    func `A script that is not in its folder is refused, and nothing is registered by the way`(
        script: String
    ) async throws {
        try await WorkspaceBench.with { bench in
            let code = try Self.makeCode(bench)
            try write("outside", to: bench.folder + "/outside.py")
            let model = try bench.modelRegistration("inline")
            await expectRefusal(.notFound, "deploy/script \(script)", placeholders: [bench.folder: "FOLDER"]) {
                try await bench.deploy {
                    $0.model = .inline(model)
                    $0.environment = .inline(Self.environment("plain", packages: []))
                    $0.code = ScoringCode(folder: code.folder, script: script)
                }
            }
            #expect(try await bench.workspace.models(named: "inline").isEmpty)
            #expect(try await bench.workspace.environments().isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: bench.workspace.folder.code).isEmpty)
        }
    }

    @Test func `A model and an environment can be registered by the way`() async throws {
        try await WorkspaceBench.with { bench in
            let code = try Self.makeCode(bench)
            let model = try bench.modelRegistration("inline")
            let deployment = try await bench.deploy {
                $0.model = .inline(model)
                $0.environment = .inline(Self.environment("plain", packages: []))
                $0.code = code
            }
            #expect(deployment.model == AssetVersion(name: "inline", version: "1"))
            #expect(deployment.environment == AssetVersion(name: "plain", version: "1"))
        }
    }

    @Test func `Only an MLflow model is scored without code`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.register(try bench.modelRegistration("plain"))
            await expectRefusal(of: ["code_configuration"], "deploy/custom-model-without-code") {
                try await bench.deploy { $0.model = .registered(AssetReference(name: "plain")) }
            }
        }
    }

    @Test func `A model without the python_function flavor is refused`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.registerMLflowModel("spark", flavors: ["spark", "mleap"])
            await expectRefusal(of: ["model"], "deploy/no-python-function") {
                try await bench.deploy { $0.model = .registered(AssetReference(name: "spark")) }
            }
        }
    }

    @Test func `A script for a model without files of its own needs an environment`() async throws {
        try await WorkspaceBench.with { bench in
            let code = try Self.makeCode(bench)
            _ = try await bench.workspace.register(try bench.modelRegistration("plain"))
            await expectRefusal(of: ["environment"], "deploy/script-without-environment") {
                try await bench.deploy {
                    $0.model = .registered(AssetReference(name: "plain"))
                    $0.code = code
                }
            }
        }
    }

    @Test func `All that is wrong with the values is said at once`() async throws {
        try await WorkspaceBench.with { bench in
            let error = await #expect(throws: ValidationError.self) {
                try await bench.workspace.deploy(
                    DeploymentDraft(
                        endpointName: "x",
                        name: "9",
                        settings: {
                            var settings = SettingsOverrides()
                            settings.miniBatchSize = 0
                            settings.outputFileName = "a/b"
                            return settings
                        }()
                    )
                )
            }
            let fields = error?.problems.map(\.field) ?? []
            #expect(Set(fields) == ["endpoint_name", "name", "model", "mini_batch_size", "output_file_name"])
        }
    }

    @Test func `A deployment that is refused at the last step leaves no model, no environment and no code`()
        async throws
    {
        try await WorkspaceBench.with { bench in
            let code = try Self.makeCode(bench)
            _ = try await bench.workspace.register(Self.environment("plain", version: "1", packages: []))
            try write("a model", to: bench.folder + "/plain.txt")
            let model = ModelRegistration(
                name: "inline",
                kind: .custom,
                path: bench.folder + "/plain.txt",
                source: "plain.txt"
            )
            let error = await #expect(throws: StudioError.self) {
                try await bench.deploy {
                    $0.model = .inline(model)
                    $0.code = code
                    $0.environment = .inline(Self.environment("plain", version: "1", packages: []))
                }
            }
            #expect(error?.code == .alreadyExists)
            #expect(try await bench.workspace.models(named: "inline").isEmpty)
            let folder = bench.workspace.folder
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.code).isEmpty)
            let left = try FileManager.default.subpathsOfDirectory(atPath: folder.models)
            #expect(!left.contains { $0.hasSuffix("plain.txt") || $0.contains(".partial") })
        }
    }

    @Test func `More instances than a cluster has are refused`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.save(
                ComputeTarget(name: "cluster", kind: .amlCompute, maxInstances: 2, createdAt: WorkspaceBench.date)
            )
            await expectRefusal(of: ["resources.instance_count"], "deploy/instances") {
                try await bench.deploy {
                    $0.compute = "cluster"
                    $0.settings.instanceCount = 5
                }
            }
        }
    }

    private static let ray = ComputeTarget(
        name: "ray-cluster",
        kind: .ray,
        cluster: RayCluster(address: "head:6379", maxWorkers: 4, resources: .init(memory: 2 << 30, custom: ["TPU": 1])),
        createdAt: WorkspaceBench.date
    )

    @Test func `More workers than a Ray cluster may have are refused, and GPUs that are not the cluster's to give`()
        async throws
    {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.save(Self.ray)
            #expect(try await bench.workspace.computeTarget("ray-cluster") == Self.ray)
            await expectRefusal(of: ["resources.instance_count"], "deploy/ray-workers") {
                try await bench.deploy {
                    $0.compute = "ray-cluster"
                    $0.settings.instanceCount = 5
                }
            }
            await expectRefusal(of: ["resources.gpus"], "deploy/ray-gpus") {
                try await bench.deploy {
                    $0.compute = "ray-cluster"
                    $0.settings.gpus = 1
                }
            }
        }
    }

    @Test func `A job may run on another compute target than its deployment, which stays while the job does`()
        async throws
    {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            _ = try await bench.workspace.save(Self.ray)
            var invocation = Invocation(
                endpointName: "wine-batch",
                input: .local(try bench.makeInput()),
                jobName: "night"
            )
            invocation.compute = "ray-cluster"
            let job = try await bench.workspace.invoke(invocation)
            #expect(job.specification.compute == "ray-cluster")
            #expect(try await bench.workspace.submit(invocation).isNew == false)
            invocation.compute = "local"
            await expectRefusal(.alreadyExists, "invoke/other-compute") {
                _ = try await bench.workspace.submit(invocation)
            }
            await expectRefusal(.inUse, "delete/compute-of-job") {
                try await bench.workspace.deleteComputeTarget("ray-cluster")
            }
            await expectRefusal(of: ["resources.instance_count"], "invoke/ray-workers") {
                try await bench.invoke {
                    $0.compute = "ray-cluster"
                    $0.overrides.instanceCount = 9
                }
            }
        }
    }

    @Test func `An unknown compute target is told with those that exist`() async throws {
        try await WorkspaceBench.with { bench in
            await expectRefusal(.notFound, "deploy/compute-unknown") { try await bench.deploy { $0.compute = "gpu" } }
        }
    }

    @Test func `A compute target in use is not deleted, nor this machine`() async throws {
        try await WorkspaceBench.with { bench in
            _ = try await bench.workspace.save(
                ComputeTarget(name: "cluster", kind: .amlCompute, createdAt: WorkspaceBench.date)
            )
            try await bench.deploy { $0.compute = "cluster" }
            await expectRefusal(.inUse, "delete/compute") { try await bench.workspace.deleteComputeTarget("cluster") }
            await expectRefusal(.inUse, "delete/local") { try await bench.workspace.deleteComputeTarget("local") }
        }
    }
}
