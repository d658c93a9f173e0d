import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Models whose files are checked before they are scored; the libraries are stand-ins, since what matters is how workers die.
@Suite(.serialized) struct JobPreflightTests {
    /// Stands for NumPy and pandas: any attribute is a class.
    private static let library = """
        __version__ = "2.0.0"
        def __getattr__(name):
            if name.startswith("__"):
                raise AttributeError(name)
            return type(name, (), {"__init__": lambda self, *arguments, **options: None, "max": 1})
        """

    /// Decompresses no file: it does what the test wants, once or always, and else refuses all.
    private static func decompressor(_ death: String, isRepeated: Bool) -> String {
        """
        import os, time
        flag = os.environ["BENCH_FLAG"]
        if \(isRepeated ? "True" : "not os.path.exists(flag)"):
            open(flag, "w").close()
            \(death)
        raise ValueError("not a table")
        """
    }

    private static let mlflow = """
        class Model:
            metadata = None
        def load_model(path, **options):
            return Model()
        """

    /// Runs a job; without a signature the types of columns must be inferred before anything is scored.
    private static func run(
        _ bench: JobBench,
        dying death: String,
        isRepeated: Bool = false,
        hasSignature: Bool
    ) async throws -> Job {
        let libraries = bench.folder + "/libraries"
        try write("", to: libraries + "/mlflow/__init__.py")
        try write(mlflow, to: libraries + "/mlflow/pyfunc.py")
        for name in ["numpy", "pandas"] { try write(library, to: libraries + "/\(name).py") }
        try write(decompressor(death, isRepeated: isRepeated), to: libraries + "/zstandard.py")
        try write("flavors: {}", to: bench.folder + "/mlmodel/MLmodel")
        let model = ModelRegistration(
            name: "wine",
            kind: .mlflow,
            path: bench.folder + "/mlmodel",
            source: "./mlmodel",
            mlflow: MLflowModel(
                flavors: [MLflowModel.Flavor(name: "python_function", attributes: [])],
                signature: hasSignature ? ModelSignature(inputs: []) : nil
            )
        )
        _ = try await bench.workspace.deploy(
            DeploymentDraft(
                endpointName: "bench",
                name: "mlflow",
                model: .inline(model),
                environment: .registered(AssetReference(name: "plain"))
            ),
            setDefault: true
        )
        for number in 0..<3 {
            let file = bench.folder + "/input/\(number).csv"
            try write("", to: file)
            // It begins as a file of zstd does.
            try Data([0x28, 0xB5, 0x2F, 0xFD, 0, 0]).write(to: URL(fileURLWithPath: file))
        }
        let overrides = bench.overrides {
            $0.environmentVariables?["PYTHONPATH"] = libraries
            $0.maxRetries = 1
            $0.timeout = 1
        }
        return try await bench.run(bench.folder + "/input", overrides: overrides)
    }

    @Test(arguments: ["os._exit(5)", "time.sleep(600)"])
    func `A worker that dies or hangs while files are checked does not hold up the job`(death: String) async throws {
        try await JobBench.with(script: "") { bench in
            let job = try await Self.run(bench, dying: death, hasSignature: true)
            // Every file fails on its own now, when it is read.
            #expect(job.state == .failed)
            #expect(job.counts.failedFiles == 3, "\(job.cause ?? "")")
            let log = try bench.log(of: job)
            #expect(log.contains("was not finished"), "\(log)")
        }
    }

    @Test func `Where types must be inferred another worker checks the input after the first has died`() async throws {
        try await JobBench.with(script: "") { bench in
            let job = try await Self.run(bench, dying: "os._exit(5)", hasSignature: false)
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/no-file-fits")
            let log = try bench.log(of: job)
            #expect(log.contains("Another worker checks"))
        }
    }

    @Test(arguments: [
        ("dying", "os._exit(5)"),
        ("raising", "raise KeyboardInterrupt()"),
    ])
    func `Where types can't be inferred nothing is scored`(name: String, death: String) async throws {
        try await JobBench.with(script: "") { bench in
            let job = try await Self.run(bench, dying: death, isRepeated: true, hasSignature: false)
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/types-\(name)")
            #expect(job.counts.finishedMiniBatches == 0)
        }
    }

    @Test func `Files that all misfit the model are found out before anything is scored`() async throws {
        try await JobBench.with(script: "") { bench in
            let job = try await Self.run(bench, dying: "pass", hasSignature: true)
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/no-file-fits")
            #expect(job.counts.finishedMiniBatches == 0)
        }
    }
}
