import BatchDomain
import StudioCore
import TestSupport
import Testing

/// The use cases that queue a job.
struct QueuedJobTests {
    private static let failure = StudioError(.environment, "The executor did not start.", advice: "Free memory.")

    @Test func `A job without an executor is queued, and the result says that it waits`() async throws {
        try await StudioBench.with(executorFailure: Self.failure) { bench in
            let queued = try await bench.studio.submit(
                Invocation(
                    endpointName: "wine-growers",
                    input: .asset(AssetReference(name: "wine-unlabeled")),
                    jobName: "night"
                )
            )
            #expect(queued.isNew && queued.job.state == .queued)
            #expect(queued.executorFailure?.code == .environment)
            expectMessage(queued.executorFailure, "executor/job-waits")
            #expect(try await bench.studio.job("night").state == .queued)
        }
    }

    @Test func `A cancellation is requested even where no executor starts`() async throws {
        try await StudioBench.with(executorFailure: Self.failure) { bench in
            let canceled = try await bench.studio.cancel(SampleWorkspace.runningJob)
            #expect(canceled.job.state == .cancelRequested)
            #expect(canceled.executorFailure != nil)
        }
    }

    @Test func `Unfinished jobs without an executor are a warning`() async throws {
        try await StudioBench.with(executorFailure: Self.failure) { bench in
            try await bench.studio.startExecutorForUnfinishedJobs()
            #expect(bench.warnings.count == 1)
            expectMessage(bench.warnings.first, "executor/jobs-wait")
        }
    }
}
