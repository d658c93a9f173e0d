import BatchDomain
import Foundation
import TestSupport
import Testing

/// Commands on a machine whose `nvidia-smi` lists one GPU.
struct GPUCommandTests {
    private static func withGPU(_ body: (CommandBench) async throws -> Void) async throws {
        try await CommandBench.with { bench in
            var bench = bench
            let path = try StubGPUs.install(1, in: bench.folder)
            bench.environment["PATH"] = "\(path):/usr/bin:/bin"
            try await bench.makeEndpoint()
            try await body(bench)
        }
    }

    @Test func `a job that asks for more GPUs than there are is not made`() async throws {
        try await Self.withGPU { bench in
            let answer = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --gpus 2")
            #expect(answer.exitCode == 1)
            #expect(answer.error.contains("resources.gpus is 2, but there is 1 GPU (0: Tesla T4, 16.1 GB)."))
            #expect(await bench.run("job list --query length([])").output == "0\n")
            let taken = await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled --gpus 1")
            #expect(taken.exitCode == 0, "\(taken.error)")
        }
    }

    @Test func `a deployment's GPUs are set, shown, and apply to each job`() async throws {
        try await Self.withGPU { bench in
            let set = "--set resources.gpus=2 settings.workers_per_gpu=3"
            let updated = await bench.run("batch-deployment update -n wine-mlflow -e wine-batch \(set)")
            #expect(updated.exitCode == 0, "\(updated.error)")
            let shown = await bench.run(
                "batch-deployment show -n wine-mlflow -e wine-batch --query [resources.gpus,workers_per_gpu] -o tsv"
            )
            #expect(shown.output == "2\t3\n" || shown.output == "2\n3\n")
            #expect(await bench.run("batch-endpoint invoke -n wine-batch --input ./unlabeled").exitCode == 1)
        }
    }

    @Test func `the sizes of machines count the GPUs`() async throws {
        try await Self.withGPU { bench in
            let sizes = await bench.run("compute list-sizes --query [].[gpus,gpu_names[0]] -o tsv")
            #expect(sizes.output == "1\tTesla T4, 16.1 GB\n")
        }
    }
}
