import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import TestSupport

@testable import BatchExecutor

/// A workspace with an executor in this process, and a scoring script deployed as `script` of endpoint `bench`.
struct JobBench {
    let workspace: Workspace
    let folder: String
    let executor: BenchExecutor

    /// Runs the body with a bench whose clock is `now`; its executor and all processes are gone afterwards.
    static func with(
        script: String,
        code: [String: String] = [:],
        settings: SettingsOverrides = SettingsOverrides(),
        now: @escaping @Sendable () -> Date = { Date() },
        requirements: [String] = [],
        gpus: @escaping GPUProvider = { GPUListing([]) },
        _ body: (JobBench) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let workspace = try Workspace(
                opening: WorkspaceFolder(path: folder + "/workspace"),
                durability: .full,
                now: now
            )
            try write(script, to: folder + "/code/score.py")
            for (name, text) in code { try write(text, to: folder + "/code/" + name) }
            try write("a model", to: folder + "/model/model.txt")
            let model = ModelRegistration(name: "none", kind: .custom, path: folder + "/model", source: "./model")
            let environment = EnvironmentRegistration(
                name: "plain",
                source: EnvironmentSource(file: "conda.yaml", pythonVersion: nil, requirements: requirements)
            )
            _ = try await workspace.createEndpoint(EndpointDraft(name: "bench"))
            _ = try await workspace.deploy(
                DeploymentDraft(
                    endpointName: "bench",
                    name: "script",
                    model: .inline(model),
                    code: ScoringCode(folder: folder + "/code", script: "score.py"),
                    environment: .inline(environment),
                    settings: settings
                )
            )
            let bench = JobBench(workspace: workspace, folder: folder, executor: BenchExecutor(workspace, gpus: gpus))
            try await bench.executor.start()
            do {
                try await body(bench)
            } catch {
                try await bench.executor.stop()
                throw error
            }
            try await bench.executor.stop()
        }
    }

    /// Writes input files, numbered from 0, and returns their folder.
    func makeInput(
        files: Int,
        named name: String = "input",
        _ content: (Int) -> String = { "\($0)\n" }
    ) throws -> String {
        let input = folder + "/" + name
        for number in 0..<files { try write(content(number), to: input + String(format: "/%05d.txt", number)) }
        return input
    }

    /// Submits a job on the input and waits for its end.
    func run(_ input: String, overrides: SettingsOverrides = SettingsOverrides()) async throws -> Job {
        let job = try await submit(input, overrides: overrides)
        return try await end(of: job.name)
    }

    func submit(
        _ input: String,
        output: DatastorePath? = nil,
        overrides: SettingsOverrides = SettingsOverrides()
    ) async throws -> Job {
        let job = try await workspace.invoke(
            Invocation(endpointName: "bench", input: .local(input), output: output, overrides: overrides)
        )
        await executor.wake()
        return job
    }

    /// Submits a job on an input that is elsewhere.
    func submit(
        _ input: DataReference,
        kind: DataAsset.Kind? = nil,
        recursive: Bool? = nil,
        overrides: SettingsOverrides = SettingsOverrides()
    ) async throws -> Job {
        var invocation = Invocation(endpointName: "bench", input: input, inputKind: kind, overrides: overrides)
        invocation.isRecursive = recursive
        let job = try await workspace.invoke(invocation)
        await executor.wake()
        return job
    }

    /// Cancels a job as a face does.
    func cancel(_ name: String) async throws {
        _ = try await workspace.requestCancel(of: name)
        await executor.wake()
    }

    /// The workers of a job, once it has some.
    func workers(of name: String) async throws -> [WorkerStatus] {
        try await wait(for: "a worker of job \(name)") {
            let workers = try await workspace.workers(of: name)
            return workers.isEmpty ? nil : workers
        }
    }

    /// Waits until a job is in a state.
    func job(_ name: String, becomes state: JobState) async throws -> Job {
        try await wait(for: "job \(name) to be \(state)") {
            let job = try await workspace.job(name)
            return job.state == state ? job : nil
        }
    }

    /// Waits until a job has finished some mini-batches.
    func job(_ name: String, finishes miniBatches: Int) async throws -> Job {
        try await wait(for: "\(miniBatches) mini-batches of job \(name)") {
            let job = try await workspace.job(name)
            return job.counts.finishedMiniBatches >= miniBatches ? job : nil
        }
    }

    func end(of name: String) async throws -> Job {
        try await wait(for: "the end of job \(name)") {
            let job = try await workspace.job(name)
            return job.state.isTerminal ? job : nil
        }
    }

    /// What stands in goldens of messages for the bench's folder.
    var placeholders: [String: String] { [folder: "FOLDER"] }

    /// A file that scripts find at `BENCH_FLAG`: a test makes it, or waits for it.
    var flag: String { folder + "/flag" }

    /// Settings for this job alone, the place of ``flag`` among them.
    func overrides(_ change: (inout SettingsOverrides) -> Void = { _ in }) -> SettingsOverrides {
        var overrides = SettingsOverrides()
        overrides.environmentVariables = ["BENCH_FLAG": flag, "BENCH_FOLDER": folder]
        overrides.miniBatchSize = 1
        change(&overrides)
        return overrides
    }

    /// Makes the flag.
    func raiseFlag() throws { try write("", to: flag) }

    /// The output of a job.
    func output(of job: Job) throws -> String {
        guard let file = job.specification.output.file else { return "" }
        return try String(contentsOfFile: file, encoding: .utf8)
    }

    /// The lines of a job's output.
    func lines(of job: Job) throws -> [Substring] { try output(of: job).split(separator: "\n") }

    /// The names that ``makeInput(files:named:_:)`` gives.
    static func names(_ numbers: Range<Int>) -> [Substring] {
        numbers.map { Substring(String(format: "%05d.txt", $0)) }
    }

    /// The controller's log.
    func log(of job: Job) throws -> String {
        try String(contentsOfFile: workspace.folder.job(job.name).controllerLog, encoding: .utf8)
    }
}

/// An executor in this process that a test can stop and start again.
actor BenchExecutor {
    private let workspace: Workspace
    private let gpus: GPUProvider
    /// Everything that it logs.
    nonisolated let log = RecordedLog()
    private var running: (send: AsyncStream<Executor.Event>.Continuation, task: Task<Executor.End, any Error>)?

    init(_ workspace: Workspace, gpus: @escaping GPUProvider = { GPUListing([]) }) {
        self.workspace = workspace
        self.gpus = gpus
    }

    func start() throws {
        let (events, send) = AsyncStream<Executor.Event>.makeStream()
        let executor = try Executor(
            workspace: workspace,
            environments: { request, variables, report in
                if request.sources.allSatisfy(\.requirements.isEmpty) { return try await Python.path() }
                return try await EnvironmentBuilder(variables: variables).environment(for: request, report: report)
                    .python
            },
            existing: { request, variables in
                if request.sources.allSatisfy(\.requirements.isEmpty) { return try? await Python.path() }
                return await EnvironmentBuilder.existing(request, variables)
            },
            gpus: gpus,
            events: events,
            send: send,
            logger: log.logger
        )
        running = (send, Task { try await executor.run() })
    }

    func wake() { running?.send.yield(.wake) }

    /// Waits until it ends by itself.
    func end() async throws -> Executor.End? { try await running?.task.value }

    /// Ends it as SIGTERM would.
    func stop() async throws {
        guard let (send, task) = running else { return }
        running = nil
        send.yield(.terminate)
        _ = try await task.value
    }
}

/// The Python that tests run scripts with.
enum Python {
    static func path() async throws -> String {
        let installed = await PythonInterpreters.shared.installed()
        guard let python = installed.first else { throw StudioError(.environment, "There is no Python.") }
        return python.path
    }
}
