import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Deployments that are loaded before a job needs them.
@Suite(.serialized) struct WarmUpTests {
    /// Counts how often it is loaded, and waits for a file while it is.
    private static let script = """
        import os
        import time
        FOLDER = os.environ["AZUREML_MODEL_DIR"]
        def preload():
            with open(FOLDER + "/loaded.txt", "a") as file:
                file.write("loaded\\n")
            end = time.time() + 60
            while time.time() < end and not os.path.exists(FOLDER + "/go"):
                time.sleep(0.02)
        def init():
            pass
        def run(mini_batch):
            return mini_batch
        """

    private static func with(_ body: (JobBench, String) async throws -> Void) async throws {
        try await JobBench.with(script: script) { bench in
            try await body(bench, bench.workspace.folder.models + "/none/1")
        }
    }

    private static func request(in bench: JobBench) async throws {
        let request = WarmUpRequest(endpointName: "bench", deploymentName: nil, variables: [:])
        try bench.workspace.requestWarmUp(request)
        await bench.executor.wake()
    }

    private static func loads(in folder: String) -> Int {
        (try? String(contentsOfFile: folder + "/loaded.txt", encoding: .utf8))?.split(separator: "\n").count ?? 0
    }

    private static func submit(in bench: JobBench) async throws -> Job {
        var invocation = Invocation(endpointName: "bench", input: .local(try bench.makeInput(files: 1)))
        invocation.variables = [:]
        let job = try await bench.workspace.invoke(invocation)
        await bench.executor.wake()
        return job
    }

    @Test func `A deployment is loaded on request, and its next job finds it loaded`() async throws {
        try await Self.with { bench, folder in
            try write("", to: folder + "/go")
            try await Self.request(in: bench)
            _ = try await wait(for: "the deployment to be loaded") {
                bench.executor.log.text.contains("A deployment is loaded before a job needs it.") ? true : nil
            }
            let job = try await bench.end(of: try await Self.submit(in: bench).name)
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.log(of: job).contains("The scoring script is loaded already."))
            #expect(Self.loads(in: folder) == 1)
        }
    }

    @Test func `A job that starts meanwhile waits for the same process`() async throws {
        try await Self.with { bench, folder in
            try await Self.request(in: bench)
            _ = try await wait(for: "the script to load") { Self.loads(in: folder) == 1 ? true : nil }
            let job = try await Self.submit(in: bench)
            _ = try await bench.job(job.name, becomes: .preparing)
            try write("", to: folder + "/go")
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed, "\(ended.cause ?? "")")
            #expect(Self.loads(in: folder) == 1)
        }
    }

    @Test func `A job that waits for that process is canceled at once`() async throws {
        try await Self.with { bench, folder in
            try await Self.request(in: bench)
            _ = try await wait(for: "the script to load") { Self.loads(in: folder) == 1 ? true : nil }
            let job = try await Self.submit(in: bench)
            _ = try await bench.job(job.name, becomes: .preparing)
            try await bench.cancel(job.name)
            #expect(try await bench.end(of: job.name).state == .canceled)
            #expect(!FileManager.default.fileExists(atPath: folder + "/go"))
        }
    }
}
