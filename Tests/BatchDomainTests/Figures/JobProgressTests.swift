import BatchDomain
import FoundationEssentials
import Testing

struct JobProgressTests {
    private let counts: JobCounts = {
        var counts = JobCounts()
        (counts.miniBatches, counts.doneMiniBatches, counts.rows, counts.bytes) = (4, 1, 100, 1_000)
        return counts
    }()

    private func worker(rows: Int?, bytes: Int?, share: Double?) -> WorkerStatus {
        let date = Date(timeIntervalSince1970: 0)
        return WorkerStatus(worker: 1, pid: 2, activity: "scoring", since: date, rows: rows, bytes: bytes, share: share)
    }

    @Test func `Rows of mini-batches in work count`() {
        let workers = [worker(rows: 50, bytes: 500, share: 0.5), worker(rows: nil, bytes: nil, share: nil)]
        let progress = JobProgress(counts, UnfinishedWork(workers))
        #expect(progress.rows == 150 && progress.bytes == 1_500)
        #expect(progress.miniBatches == 1.5 && progress.fraction == 0.375)
    }

    @Test func `No more is in work than is left`() {
        var done = counts
        done.doneMiniBatches = 4
        let progress = JobProgress(done, UnfinishedWork([worker(rows: 50, bytes: 500, share: 0.9)]))
        #expect(progress.fraction == 1)
    }

    @Test func `Time left follows the rows of one large mini-batch`() throws {
        var start = JobCounts()
        start.miniBatches = 1
        let progress = JobProgress(start, UnfinishedWork([worker(rows: 250, bytes: 9, share: 0.25)]))
        let estimate = ProgressEstimate(progress, since: start, seconds: 10)
        #expect(estimate.rowsPerSecond == 25)
        #expect(estimate.secondsLeft == 30)
    }
}
