import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct JobTests {
    private static func record(_ id: Int, failures: Int = 0, of files: Int = 2) -> MiniBatchRecord {
        MiniBatchRecord(
            id: id,
            outcome: .done(Segment(file: "a", offset: 0, bytes: 10, checksum: 1, rows: files - failures)),
            attempts: 1,
            files: files,
            startedAt: WorkspaceBench.date,
            seconds: 0.5,
            pid: 1,
            failures: (0..<failures).map {
                FileFailure(file: "\(id)-\($0).csv", miniBatch: id, type: "E", message: "m", traceback: "t", attempt: 1)
            }
        )
    }

    @Test func `The failed files of a job that takes the first rows are not scored alone`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            var options = ReadOptions()
            try options.set(.take, to: .text("10"))
            let job = try await bench.invoke { $0.overrides.readOptions = options }
            try await bench.move(job.name, through: .preparing, .running, .failed)
            await expectRefusal(.invalidState, "retry/take", placeholders: [job.name: "JOB"]) {
                _ = try await bench.workspace.retryFailed(RetryDraft(jobName: job.name))
            }
            #expect(try await bench.workspace.jobs().count == 1)
            #expect(try await bench.workspace.resume(job.name).state == .queued)
        }
    }

    @Test func `Notes are kept with the job, each once, and its retry has them too`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            #expect(job.notes == [])
            let workspace = bench.workspace
            #expect(try await workspace.addNotes(["One.", "Two."], to: job.name) == ["One.", "Two."])
            #expect(try await workspace.addNotes(["Two.", "Three."], to: job.name) == ["Three."])
            #expect(try await workspace.job(job.name).notes == ["One.", "Two.", "Three."])
            try await bench.move(job.name, through: .preparing, .running, .failed)
            let retried = try await workspace.retryFailed(RetryDraft(jobName: job.name))
            #expect(retried.notes == ["One.", "Two.", "Three."])
        }
    }

    @Test func `The journal keeps the variant of columns of each mini-batch with rows`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            var records = [Self.record(0, failures: 2), Self.record(1), Self.record(2), Self.record(3, failures: 1)]
            (records[0].columnVariant, records[1].columnVariant, records[3].columnVariant) = (0, 1, 0)
            _ = try await bench.workspace.journal(records, of: job.name)
            let columns = try await bench.workspace.journaledColumns(of: job.name)
            #expect(columns.map(\.miniBatch) == [0, 1, 2, 3])
            #expect(columns.map(\.variant) == [nil, 1, nil, 0])
            #expect(columns.allSatisfy { $0.parts == nil })
            #expect(try await bench.workspace.failedFilesBesideRows(of: job.name) == 1)
            #expect(try await bench.workspace.firstColumnVariant(of: job.name) == 1)
            try await bench.workspace.discardMiniBatches([1], of: job.name)
            #expect(try await bench.workspace.firstColumnVariant(of: job.name) == 0)
        }
    }

    @Test(
        arguments: [
            [], [.preparing], [.preparing, .running], [.preparing, .running, .paused],
        ] as [[JobState]]
    )
    func `A job that is not near its end can be canceled`(states: [JobState]) async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            for state in states { try await bench.workspace.setState(of: job.name, to: state) }
            #expect(try await bench.workspace.requestCancel(of: job.name).state == .cancelRequested)
            try await bench.move(job.name, through: .canceled)
        }
    }

    @Test func `To cancel twice is as good as once`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            for _ in 0..<2 { _ = try await bench.workspace.requestCancel(of: job.name) }
            let states = try await bench.workspace.transitions(of: job.name).map(\.state)
            #expect(states == [.queued, .cancelRequested])
        }
    }

    @Test func `A job that has ended can't be canceled`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            try await bench.move(job.name, through: .preparing, .running, .finalizing)
            await expectRefusal(.invalidState, "cancel/finalizing", placeholders: [job.name: "JOB"]) {
                _ = try await bench.workspace.requestCancel(of: job.name)
            }
            try await bench.move(job.name, through: .completed)
            await expectRefusal(.invalidState, "cancel/completed", placeholders: [job.name: "JOB"]) {
                _ = try await bench.workspace.requestCancel(of: job.name)
            }
        }
    }

    @Test func `A canceled job's cause is not lost, nor the cause of its pause kept`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            try await bench.move(job.name, through: .preparing, .running)
            try await bench.workspace.setState(of: job.name, to: .paused, cause: "no space")
            #expect(try await bench.workspace.requeueInterruptedJobs() == [job.name])
            #expect(try await bench.workspace.job(job.name).cause == nil)
        }
    }

    @Test func `A step that a job's life does not have is refused`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            await expectRefusal(.invalidState, "job/transition") {
                try await bench.workspace.setState(of: job.name, to: .completed)
            }
        }
    }

    @Test func `Counts add up, transaction by transaction`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            try await bench.workspace.setPlan(of: job.name, files: 8, miniBatches: 4)
            _ = try await bench.workspace.journal([Self.record(0), Self.record(2, failures: 1)], of: job.name)
            var lost = Self.record(1)
            lost.outcome = .failed
            lost.failedFiles = 2
            let counts = try await bench.workspace.journal([lost], of: job.name)
            #expect(counts.miniBatches == 4)
            #expect(counts.doneMiniBatches == 2)
            #expect(counts.failedMiniBatches == 1)
            #expect(counts.succeededFiles == 3)
            #expect(counts.failedFiles == 3)
            #expect(counts.rows == 3)
            #expect(counts.bytes == 20)
            #expect(try await bench.workspace.finishedMiniBatches(of: job.name) == [0, 1, 2])
        }
    }

    @Test func `A group of mini-batches is journaled whole or not at all`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            let records = [Self.record(0), Self.record(1), Self.record(0)]
            await #expect(throws: (any Error).self) { try await bench.workspace.journal(records, of: job.name) }
            #expect(try await bench.workspace.finishedMiniBatches(of: job.name) == [])
            #expect(try await bench.workspace.job(job.name).counts.rows == 0)
        }
    }

    @Test func `Failures come in input order, a page at a time`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            _ = try await bench.workspace.journal([Self.record(5, failures: 2)], of: job.name)
            _ = try await bench.workspace.journal([Self.record(1, failures: 1)], of: job.name)
            let all = try await bench.workspace.failures(of: job.name)
            #expect(all.map(\.file) == ["1-0.csv", "5-0.csv", "5-1.csv"])
            #expect(all.first?.traceback == "t")
            let page = try await bench.workspace.failures(of: job.name, limit: 1, offset: 1)
            #expect(page.map(\.file) == ["5-0.csv"])
        }
    }

    @Test func `Segments come in input order, a page at a time`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            _ = try await bench.workspace.journal([3, 0, 2, 1].map { Self.record($0) }, of: job.name)
            let first = try await bench.workspace.segments(of: job.name, after: -1, limit: 3)
            #expect(first.map(\.id) == [0, 1, 2])
            #expect(try await bench.workspace.segments(of: job.name, after: 2, limit: 3).map(\.id) == [3])
        }
    }

    @Test func `Lists have the newest first, by endpoint, deployment and page`() async throws {
        try await WorkspaceBench.with { bench in
            for name in ["first", "second"] { try await bench.deploy(name) }
            try await bench.deploy("first", to: "other-batch")
            for number in 0..<5 { try await bench.invoke { $0.jobName = "job-\(number)" } }
            try await bench.invoke {
                $0.jobName = "named"
                $0.deploymentName = "second"
            }
            try await bench.invoke {
                $0.jobName = "elsewhere"
                $0.endpointName = "other-batch"
            }
            let workspace = bench.workspace
            #expect(try await workspace.jobs().first?.name == "elsewhere")
            let endpoint = JobFilter(endpointName: "wine-batch", limit: 2, offset: 1)
            #expect(try await workspace.jobs(endpoint).map(\.name) == ["job-4", "job-3"])
            #expect(try await workspace.jobCount(endpoint) == 6)
            let deployment = JobFilter(endpointName: "wine-batch", deploymentName: "second")
            #expect(try await workspace.jobs(deployment).map(\.name) == ["named"])
        }
    }

    @Test func `Workers are seen while a job runs, and gone when it ends`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            try await bench.move(job.name, through: .preparing, .running)
            let worker = WorkerStatus(worker: 1, pid: 7, activity: "scoring", miniBatch: 3, since: WorkspaceBench.date)
            try await bench.workspace.setWorkers([worker], of: job.name)
            #expect(try await bench.workspace.workers(of: job.name) == [worker])
            try await bench.move(job.name, through: .failed)
            #expect(try await bench.workspace.workers(of: job.name).isEmpty)
        }
    }

    @Test func `An unknown job is told with what to do`() async throws {
        try await WorkspaceBench.with { bench in
            await expectRefusal(.notFound, "job/unknown") { _ = try await bench.workspace.job("none") }
        }
    }

    @Test func `Interrupted jobs are queued again, the others left alone`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let lives: [(String, [JobState])] = [
                ("queued", []), ("preparing", [.preparing]), ("running", [.preparing, .running]),
                ("finalizing", [.preparing, .running, .finalizing]), ("ended", [.preparing, .failed]),
                ("canceling", [.preparing, .cancelRequested]),
            ]
            for (name, states) in lives {
                try await bench.invoke { $0.jobName = name }
                for state in states { try await bench.workspace.setState(of: name, to: state) }
            }
            #expect(try await bench.workspace.requeueInterruptedJobs() == ["preparing", "running", "finalizing"])
            let unfinished = try await bench.workspace.unfinishedJobs()
            #expect(unfinished.map(\.name) == ["queued", "preparing", "running", "finalizing", "canceling"])
            #expect(try await bench.workspace.hasUnfinishedJobs())
        }
    }
}
