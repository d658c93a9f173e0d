import BatchDomain
import Testing

struct JobCountsTests {
    @Test(arguments: [
        (0, -1, false), (1_000, -1, false), (0, 0, false), (1, 0, true), (5, 5, false), (6, 5, true), (6, -7, false),
    ])
    func `A job fails above the threshold, not at it, and never below zero`(failed: Int, threshold: Int, exceeds: Bool)
    {
        var counts = JobCounts()
        counts.failedFiles = failed
        #expect(counts.exceeds(errorThreshold: threshold) == exceeds)
    }

    @Test(arguments: [(nil, 0, 0, nil), (0, 0, 0, 1), (4, 0, 0, 0), (4, 1, 1, 0.5), (4, 3, 1, 1)])
    func `The share done counts what failed for good`(planned: Int?, done: Int, failed: Int, fraction: Double?) {
        var counts = JobCounts()
        counts.miniBatches = planned
        counts.doneMiniBatches = done
        counts.failedMiniBatches = failed
        #expect(counts.finishedMiniBatches == done + failed)
        #expect(counts.fraction == fraction)
    }
}
