import BatchDomain
import TerminalKit

@testable import StudioUI

extension Samples {
    /// A mini-batch of which one file failed.
    static let miniBatch = MiniBatchDetails(
        id: 7,
        count: 50,
        files: ["wine-14.csv", "wine-15.csv"],
        fileCount: 2,
        result: MiniBatchDetails.Result(
            isFailed: false,
            attempts: 2,
            startedAt: ago(60),
            seconds: 1.25,
            pid: 4242,
            worker: 1,
            rows: 120
        ),
        failures: [failures[0]]
    )
}

extension StudioBench {
    /// Opens a job that completed, with two failed files.
    mutating func openCompletedJob() {
        var content = Samples.content(.completed)
        content.job.counts.miniBatches = 50
        content.job.counts.files = 100
        content.job.counts.doneMiniBatches = 50
        content.job.counts.failedMiniBatches = 0
        content.job.counts.succeededFiles = 98
        content.job.counts.failedFiles = 2
        open(.job("five"))
        answer(.speed(job: "five"), .speed(job: "five", (0..<76).map { Double(40 + 37 * $0 % 90) }))
        answer(.job("five"), .job(content))
        // From the results, which it opens with, to the overview.
        press(.tab, .tab)
        let runs = [
            MiniBatchRun(first: 0, count: 7), MiniBatchRun(first: 7, count: 1, outcome: .partial),
            MiniBatchRun(first: 8, count: 42),
        ]
        answer(.miniBatches(job: "five", in: [0..<50]), .miniBatches(job: "five", in: [0..<50], runs))
        answer(.firstFailures(job: "five", limit: 5), .firstFailures(Samples.failures))
        answer(.outputs(job: "five"), .outputs(Samples.outputs))
        let times = MiniBatchTimes(mean: 1.5, longest: 4.2, slowest: 7)
        answer(.miniBatchTimes(job: "five"), .miniBatchTimes(job: "five", times))
    }
}
