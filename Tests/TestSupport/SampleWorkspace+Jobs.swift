import BatchDomain
import BatchWorkspace
import Foundation

extension SampleWorkspace {
    /// The job that is running.
    package static let runningJob = "running-job"
    /// The job that failed, with errors.
    package static let failedJob = "failed-job"
    /// The job that is done, with output.
    package static let completedJob = "completed-job"

    static func invoke(_ name: String, on endpoint: String, in workspace: Workspace) async throws -> Job {
        try await workspace.invoke(
            Invocation(
                endpointName: endpoint,
                input: .asset(AssetReference(name: "wine-unlabeled")),
                jobName: name,
                displayName: "quirky_sponge_" + name
            )
        )
    }

    static func finish(_ job: Job, in workspace: Workspace, clock: SteppingClock) async throws {
        try await start(job, miniBatches: 10, in: workspace)
        clock.advance(by: 40)
        _ = try await workspace.journal((0..<10).map { record($0, at: clock.now) }, of: job.name)
        try await workspace.setState(of: job.name, to: .finalizing)
        try await workspace.setState(of: job.name, to: .completed)
    }

    static func makeJobs(in workspace: Workspace, clock: SteppingClock) async throws {
        try await finish(try await invoke(completedJob, on: "wine-growers", in: workspace), in: workspace, clock: clock)
        try await writeOutput(of: completedJob, in: workspace)

        let failed = try await invoke(failedJob, on: "taxi-tips", in: workspace)
        try await start(failed, miniBatches: 10, in: workspace)
        _ = try await workspace.journal((0..<4).map { record($0, at: clock.now, fails: $0 > 1) }, of: failedJob)
        try await workspace.setState(
            of: failedJob,
            to: .failed,
            cause: "4 of 20 files failed, which is more than the error threshold of 3."
        )
        let canceled = try await invoke("canceled-job", on: "taxi-tips", in: workspace)
        try await workspace.setState(of: canceled.name, to: .canceled, cause: "Canceled by the user.")
        _ = try await invoke("queued-job", on: "taxi-tips", in: workspace)

        let running = try await invoke(runningJob, on: "wine-growers", in: workspace)
        try await start(running, miniBatches: 10, in: workspace)
        _ = try await workspace.journal([0, 1, 2, 4].map { record($0, at: clock.now, fails: $0 == 2) }, of: runningJob)
        try await workspace.setWorkers(
            [
                WorkerStatus(
                    worker: 1,
                    pid: 4242,
                    activity: "scoring",
                    miniBatch: 3,
                    file: "wine-06.csv",
                    residentBytes: 181_000_000,
                    since: clock.now
                ),
                WorkerStatus(worker: 2, pid: 4243, activity: "waiting", residentBytes: 92_000_000, since: clock.now),
            ],
            of: runningJob
        )
        try writeLog(of: runningJob, in: workspace)
    }

    private static func start(_ job: Job, miniBatches: Int, in workspace: Workspace) async throws {
        try await workspace.setState(of: job.name, to: .preparing)
        try await workspace.setPlan(of: job.name, files: 2 * miniBatches, miniBatches: miniBatches)
        try await workspace.setState(of: job.name, to: .running)
    }

    private static func record(_ id: Int, at date: Date, fails: Bool = false) -> MiniBatchRecord {
        let traceback = """
            Traceback (most recent call last):
              File "score.py", line 31, in run
                frame = pandas.read_csv(path)
            ValueError: could not convert string to float: 'n/a'
            """
        let failures = (0..<(fails ? 2 : 0)).map { file in
            FileFailure(
                file: "wine-0\(2 * id + file).csv",
                miniBatch: id,
                type: "ValueError",
                message: "could not convert string to float: 'n/a'",
                traceback: traceback,
                attempt: 3
            )
        }
        let segment = Segment(file: "worker-1.csv", offset: 40 * id, bytes: 40, checksum: 7, rows: 20)
        return MiniBatchRecord(
            id: id,
            outcome: fails ? .failed : .done(segment),
            attempts: fails ? 3 : 1,
            files: 2,
            startedAt: date,
            seconds: 0.4,
            pid: 4242,
            failures: failures
        )
    }

    private static func writeOutput(of job: String, in workspace: Workspace) async throws {
        let output = try await workspace.job(job).specification.output
        let growers = ["barolo", "grignolino", "barbera"]
        let rows = (0..<200).map { row in
            "\(row),\(growers[row * row % 3]),0.\(50 + row % 50),\(row % 7 == 0 ? "" : "wine-\(row % 20).csv")"
        }
        try write(rows.joined(separator: "\n") + "\n", to: output.folder + "/predictions.csv")
    }

    private static func writeLog(of job: String, in workspace: Workspace) throws {
        let lines = (0..<60).map { line in
            let level = line % 20 == 19 ? "ERROR" : line % 10 == 9 ? "WARNING" : "INFO"
            return "2026-11-22 13:58:\(line < 10 ? "0" : "")\(line).000 \(level) Processed \(line) mini batches."
        }
        try write(lines.joined(separator: "\n") + "\n", to: workspace.folder.job(job).controllerLog)
    }
}
