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

struct ProgressEstimateTests {
    @Test func `Speed is what was finished over the time`() {
        let estimate = ProgressEstimate(counts: counts(30, rows: 600), since: counts(10, rows: 200), seconds: 10)
        #expect(estimate.miniBatchesPerSecond == 2)
        #expect(estimate.rowsPerSecond == 40)
    }

    @Test func `The time left is what is left over the speed`() {
        let estimate = ProgressEstimate(counts: counts(30), since: counts(10), seconds: 10)
        #expect(estimate.secondsLeft == 35)
    }

    @Test func `Nothing finished says nothing of the time left`() {
        #expect(ProgressEstimate(counts: counts(10), since: counts(10), seconds: 10).secondsLeft == nil)
    }

    @Test(arguments: [0.0, -1.0])
    func `No time passed is no speed`(seconds: Double) {
        let estimate = ProgressEstimate(counts: counts(30), since: counts(10), seconds: seconds)
        #expect(estimate.miniBatchesPerSecond == 0)
        #expect(estimate.secondsLeft == nil)
    }

    @Test func `A job that is done has no time left`() {
        #expect(ProgressEstimate(counts: counts(100), since: counts(0), seconds: 10).secondsLeft == 0)
    }

    @Test func `An input that is not listed says nothing of the time left`() {
        var unplanned = counts(10)
        unplanned.miniBatches = nil
        #expect(ProgressEstimate(counts: unplanned, since: counts(0), seconds: 10).secondsLeft == nil)
    }

    private func counts(_ done: Int, rows: Int = 0) -> JobCounts {
        var counts = JobCounts()
        counts.miniBatches = 100
        counts.doneMiniBatches = done
        counts.rows = rows
        return counts
    }
}
