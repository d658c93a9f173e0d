import BatchDomain
import Foundation
import SystemKit
import TestSupport
import Testing

@testable import BatchWorkspace

struct `What pages ask a workspace` {
    private func withSample(_ body: (Workspace) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await body(try await SampleWorkspace.fill(WorkspaceFolder(path: folder + "/ws"), jobs: 3))
        }
    }

    @Test func `jobs come in parts, the newest first`() async throws {
        try await withSample { workspace in
            let first = try await workspace.jobSlice(JobListing(limit: 2))
            #expect(first.total == 8)
            #expect(first.jobs.map(\.name) == ["running-job", "queued-job"])
            let last = try await workspace.jobSlice(JobListing(offset: 7, limit: 2))
            #expect(last.jobs.map(\.name) == ["nightly-0"])
        }
    }

    @Test(arguments: [("failed", 1), ("taxi queued", 1), ("NIGHTLY", 3), ("nothing", 0), ("sponge_", 8)])
    func `jobs are found by words in their names and state`(filter: String, count: Int) async throws {
        try await withSample { workspace in
            let slice = try await workspace.jobSlice(JobListing(filter: filter))
            #expect(slice.total == count)
            #expect(slice.jobs.count == count)
        }
    }

    @Test(arguments: JobOrder.allCases, [false, true])
    func `jobs are sorted by each column, in parts as in all`(order: JobOrder, isDescending: Bool) async throws {
        try await withSample { workspace in
            var listing = JobListing(order: order, isDescending: isDescending)
            let all = try await workspace.jobSlice(listing).jobs
            #expect(all.count == 8)
            let keys = all.map { Self.key(of: $0, order, now: workspace.now()) }
            #expect(keys == keys.sorted { isDescending ? $1 < $0 : $0 < $1 })
            (listing.offset, listing.limit) = (3, 2)
            let part = try await workspace.jobSlice(listing).jobs
            #expect(part.map(\.name) == all[3...4].map(\.name))
        }
    }

    /// What a column shows, so that texts and numbers compare as they are sorted.
    private static func key(of job: JobOverview, _ order: JobOrder, now: Date) -> String {
        func number(_ value: Double?) -> String { String(format: "%020.3f", value ?? 0) }
        switch order {
        case .submitted: return number(job.createdAt.timeIntervalSince1970)
        case .status: return job.state.rawValue
        case .job: return job.title.lowercased()
        case .endpoint: return job.endpointName
        case .deployment: return job.deploymentName
        case .duration: return number(job.startedAt.map { (job.endedAt ?? now).timeIntervalSince($0) })
        case .progress: return number(job.counts.fraction)
        case .failed: return number(Double(job.counts.failedFiles))
        }
    }

    @Test func `a job is found by any spelling of its name, and by its state as the list shows it`() async throws {
        try await withSample { workspace in
            let running = SampleWorkspace.runningJob
            _ = try await workspace.invoke(
                Invocation(
                    endpointName: "taxi-tips",
                    input: .asset(AssetReference(name: "wine-unlabeled")),
                    jobName: "night",
                    displayName: "Über-Nacht"
                )
            )
            try await workspace.setState(of: running, to: .cancelRequested)
            for (filter, names) in [
                ("über", ["night"]), ("ÜBER-nacht", ["night"]), ("canceling", [running]), ("files failed", []),
            ] {
                #expect(try await workspace.jobNames(JobListing(filter: filter)) == names, "\(filter)")
            }
        }
    }

    @Test func `all jobs that a filter finds are named, and found by their names`() async throws {
        try await withSample { workspace in
            let names = try await workspace.jobNames(JobListing(filter: "nightly", offset: 2, limit: 1))
            #expect(names == ["nightly-2", "nightly-1", "nightly-0"])
            let jobs = try await workspace.jobOverviews(named: ["nightly-0", "gone", "nightly-2"])
            #expect(jobs.map(\.name) == ["nightly-2", "nightly-0"])
        }
    }

    @Test(arguments: [
        (JobNeed.endpoint("wine-growers"), ["running-job"]), (.endpoint("new-endpoint"), []),
        (.compute("local"), ["running-job", "queued-job"]), (.compute("gone"), []),
        (.model(AssetVersion(name: "wine", version: "99")), []),
    ])
    func `unfinished jobs are found by what they need`(need: JobNeed, names: [String]) async throws {
        try await withSample { workspace in
            let jobs = try await workspace.unfinishedJobs(needing: need)
            #expect(jobs.map(\.name) == names)
        }
    }

    @Test func `jobs of one endpoint are found among all`() async throws {
        try await withSample { workspace in
            let slice = try await workspace.jobSlice(JobListing(endpointName: "taxi-tips", filter: "canceled"))
            #expect(slice.jobs.map(\.name) == ["canceled-job"])
        }
    }

    @Test func `endpoints come with their deployments counted and their last job`() async throws {
        try await withSample { workspace in
            let rows = try await workspace.endpointOverviews()
            #expect(rows.map(\.endpoint.name) == ["new-endpoint", "taxi-tips", "wine-growers"])
            #expect(rows.map(\.deployments) == [0, 1, 2])
            #expect(rows.map { $0.lastJob?.name } == [nil, "queued-job", "running-job"])
        }
    }

    @Test func `unfinished jobs are counted by state`() async throws {
        try await withSample { workspace in
            let counts = try await workspace.unfinishedJobCounts()
            #expect(counts == [.queued: 1, .running: 1])
        }
    }

    @Test func `finished mini-batches come as runs, in any ranges`() async throws {
        try await withSample { workspace in
            let runs = try await workspace.miniBatchRuns(of: SampleWorkspace.runningJob, in: [0..<10])
            #expect(
                runs == [
                    MiniBatchRun(first: 0, count: 2), MiniBatchRun(first: 2, count: 1, outcome: .failed),
                    MiniBatchRun(first: 4, count: 1),
                ]
            )
            let rest = try await workspace.miniBatchRuns(of: SampleWorkspace.runningJob, in: [1..<2, 3..<10])
            #expect(rest == [MiniBatchRun(first: 1, count: 1), runs[2]])
        }
    }

    @Test func `failed files are found by words in their names and reasons, and by their mini-batch`() async throws {
        try await withSample { workspace in
            let job = SampleWorkspace.runningJob
            let all = try await workspace.failures(of: job)
            #expect(all.count == 2)
            for (text, count) in [("wine-04", 1), ("FLOAT valueerror", 2), ("wine-04 nothing", 0), ("%", 0)] {
                let filter = FailureFilter(text: text)
                #expect(try await workspace.failures(of: job, filter).count == count)
                #expect(try await workspace.failureCount(of: job, filter) == count)
            }
            #expect(try await workspace.failures(of: job, FailureFilter(miniBatch: 2)) == all)
            let last = try #require(all.last)
            let own = FailureFilter(miniBatch: last.miniBatch, file: last.file)
            #expect(try await workspace.failures(of: job, own) == [last])
            #expect(try await workspace.failures(of: job, FailureFilter(miniBatch: 1)).isEmpty)
        }
    }

    @Test func `a mini-batch tells its result, and all of them their times`() async throws {
        try await withSample { workspace in
            let job = SampleWorkspace.runningJob
            let done = try await workspace.miniBatchResult(0, of: job)
            #expect(done?.isFailed == false && done?.rows == 20 && done?.seconds == 0.4)
            let failed = try await workspace.miniBatchResult(2, of: job)
            #expect(failed?.isFailed == true && failed?.attempts == 3 && failed?.rows == nil)
            #expect(failed?.failedFiles == 2 && done?.failedFiles == 0)
            #expect(try await workspace.miniBatchResult(3, of: job) == nil)
            #expect(try await workspace.miniBatchTimes(of: job)?.longest == 0.4)
            #expect(try await workspace.miniBatchTimes(of: "queued-job") == nil)
            let beginning = try #require(done?.startedAt)
            #expect(try await workspace.miniBatch(at: beginning.addingTimeInterval(-60), worker: nil, of: job) == nil)
            #expect(try await workspace.miniBatch(at: beginning.addingTimeInterval(0.2), worker: nil, of: job) != nil)
        }
    }

    @Test func `assets know the deployments that use them`() async throws {
        try await withSample { workspace in
            let wine = try await workspace.deployments(usingModel: AssetVersion(name: "wine", version: "2"))
            #expect(wine.map(\.name) == ["mlflow", "mlflow-wide"])
            let cluster = try await workspace.deployments(usingCompute: "batch-cluster")
            #expect(cluster.map(\.name) == ["mlflow-wide"])
            let environment = AssetVersion(name: "sklearn-env", version: "1")
            let users = try await workspace.deployments(usingEnvironment: environment)
            #expect(users.isEmpty)
        }
    }

    @Test func `an executor is told by its lock, which is left alone`() async throws {
        try await withSample { workspace in
            #expect(!workspace.hasExecutor)
            let lock = try #require(try FileLock.attempt(at: workspace.folder.executorLock))
            #expect(workspace.hasExecutor)
            lock.release()
            #expect(!workspace.hasExecutor)
        }
    }
}
