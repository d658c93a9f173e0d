import BatchDomain
import FoundationEssentials
import Testing

struct ProgressEstimateTests {
    @Test func `Speed is what was finished over the time`() {
        let estimate = ProgressEstimate(JobProgress(counts(30, rows: 600)), since: counts(10, rows: 200), seconds: 10)
        #expect(estimate.miniBatchesPerSecond == 2)
        #expect(estimate.rowsPerSecond == 40)
    }

    @Test func `The time left is what is left over the speed`() {
        let estimate = ProgressEstimate(JobProgress(counts(30)), since: counts(10), seconds: 10)
        #expect(estimate.secondsLeft == 35)
    }

    @Test func `Nothing finished says nothing of the time left`() {
        #expect(ProgressEstimate(JobProgress(counts(10)), since: counts(10), seconds: 10).secondsLeft == nil)
    }

    @Test(arguments: [0.0, -1.0])
    func `No time passed is no speed`(seconds: Double) {
        let estimate = ProgressEstimate(JobProgress(counts(30)), since: counts(10), seconds: seconds)
        #expect(estimate.miniBatchesPerSecond == 0)
        #expect(estimate.secondsLeft == nil)
    }

    @Test func `A job that is done has no time left`() {
        #expect(ProgressEstimate(JobProgress(counts(100)), since: counts(0), seconds: 10).secondsLeft == 0)
    }

    @Test func `An input that is not listed says nothing of the time left`() {
        var unplanned = counts(10)
        unplanned.miniBatches = nil
        #expect(ProgressEstimate(JobProgress(unplanned), since: counts(0), seconds: 10).secondsLeft == nil)
    }

    @Test func `Scoring began, or resumed, at the last step`() throws {
        let steps = [
            JobTransition(state: .running, at: Date(timeIntervalSince1970: 0), finishedMiniBatches: 0, rows: 0),
            JobTransition(state: .paused, at: Date(timeIntervalSince1970: 50), finishedMiniBatches: 10, rows: 200),
            JobTransition(state: .running, at: Date(timeIntervalSince1970: 90), finishedMiniBatches: 10, rows: 200),
        ]
        let (now, done) = (Date(timeIntervalSince1970: 100), counts(30, rows: 600))
        let estimate = try #require(ProgressEstimate(JobProgress(done), transitions: steps, now: now))
        #expect(estimate == ProgressEstimate(JobProgress(done), since: counts(10, rows: 200), seconds: 10))
        #expect(ProgressEstimate(JobProgress(done), transitions: Array(steps.dropLast()), now: now) == nil)
        let earlier = [JobTransition(state: .running, at: Date(timeIntervalSince1970: 90))]
        #expect(ProgressEstimate(JobProgress(done), transitions: earlier, now: now) == nil)
    }

    private func counts(_ done: Int, rows: Int = 0) -> JobCounts {
        var counts = JobCounts()
        counts.miniBatches = 100
        counts.doneMiniBatches = done
        counts.rows = rows
        return counts
    }
}
