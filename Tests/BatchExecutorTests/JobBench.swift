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
    private let send: AsyncStream<Executor.Event>.Continuation

    /// Runs the body with a bench; its executor and all processes are gone afterwards.
    static func with(
        script: String,
        settings: SettingsOverrides = SettingsOverrides(),
        _ body: (JobBench) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let workspace = try Workspace(opening: WorkspaceFolder(path: folder + "/workspace"), durability: .full)
            try write(script, to: folder + "/code/score.py")
            try write("a model", to: folder + "/model/model.txt")
            let model = ModelRegistration(name: "none", kind: .custom, path: folder + "/model", source: "./model")
            let environment = EnvironmentRegistration(
                name: "plain",
                source: EnvironmentSource(file: "conda.yaml", pythonVersion: nil, requirements: [])
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
            let (events, send) = AsyncStream<Executor.Event>.makeStream()
            let executor = try Executor(
                workspace: workspace,
                environments: { _, _ in try await Python.path() },
                events: events,
                send: send
            )
            let running = Task { try await executor.run() }
            let bench = JobBench(workspace: workspace, folder: folder, send: send)
            do {
                try await body(bench)
            } catch {
                send.yield(.terminate)
                _ = try await running.value
                throw error
            }
            send.yield(.terminate)
            _ = try await running.value
        }
    }

    /// Writes input files, numbered from 0, and returns their folder.
    func makeInput(files: Int, _ content: (Int) -> String = { "\($0)\n" }) throws -> String {
        let input = folder + "/input"
        for number in 0..<files { try write(content(number), to: input + String(format: "/%05d.txt", number)) }
        return input
    }

    /// Submits a job on the input and waits for its end.
    func run(_ input: String, overrides: SettingsOverrides = SettingsOverrides()) async throws -> Job {
        let job = try await submit(input, overrides: overrides)
        return try await end(of: job.name)
    }

    func submit(_ input: String, overrides: SettingsOverrides = SettingsOverrides()) async throws -> Job {
        let job = try await workspace.invoke(
            Invocation(endpointName: "bench", input: .local(input), overrides: overrides)
        )
        send.yield(.wake)
        return job
    }

    func end(of name: String) async throws -> Job {
        try await wait(for: "the end of job \(name)") {
            let job = try await workspace.job(name)
            return job.state.isTerminal ? job : nil
        }
    }

    func wake() { send.yield(.wake) }

    /// The lines of a job's output.
    func lines(of job: Job) throws -> [Substring] {
        guard let file = job.specification.output.file else { return [] }
        return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    }

    /// The controller's log.
    func log(of job: Job) throws -> String {
        try String(contentsOfFile: workspace.folder.job(job.name).controllerLog, encoding: .utf8)
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
