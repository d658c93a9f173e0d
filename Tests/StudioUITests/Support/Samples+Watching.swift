import BatchDomain
import TerminalKit

@testable import StudioUI

extension Samples {
    /// A job with 1,200 mini-batches after some seconds of scoring, the speed of which goes up and down.
    static func watched(second: Int) -> (JobContent, [MiniBatchRun]) {
        var content = content()
        let done = 480 + (0..<second).reduce(0) { $0 + speed(second: $1) }
        content.job.counts.miniBatches = 1200
        content.job.counts.files = 2400
        content.job.counts.doneMiniBatches = done - 2
        content.job.counts.failedMiniBatches = 2
        content.job.counts.succeededFiles = 2 * done - 4
        content.job.counts.failedFiles = 2
        content.job.counts.rows = 200 * done - 400
        content.job.counts.bytes = 6200 * done
        content.workers = [1, 2].map { worker in
            WorkerStatus(
                worker: worker,
                pid: 4241 + worker,
                activity: "scoring",
                miniBatch: done + worker - 1,
                file: "wine-\(2 * (done + worker - 1)).csv",
                residentBytes: 181_000_000 + 3_000_000 * worker,
                since: ago(1)
            )
        }
        let runs = [
            MiniBatchRun(first: 0, count: 97), MiniBatchRun(first: 97, count: 1, outcome: .failed),
            MiniBatchRun(first: 98, count: 213), MiniBatchRun(first: 311, count: 1, outcome: .failed),
            MiniBatchRun(first: 312, count: done - 312),
        ]
        return (content, runs)
    }

    /// Mini-batches in a second.
    private static func speed(second: Int) -> Int {
        [7, 8, 6, 9, 11, 10, 12, 9, 8, 4, 2, 5, 9, 10, 11, 12, 12, 10, 9, 11][second % 20]
    }
}

extension PageCase {
    /// A job that has been watched for a while.
    static let watchedJob = PageCase(name: "job-watched") { studio in
        studio.open(.job("five"))
        for second in 0..<40 {
            let (content, runs) = Samples.watched(second: second)
            studio.answer(.job("five"), .job(content))
            studio.answer(.miniBatches(job: "five", in: [0..<1200]), .miniBatches(job: "five", in: [0..<1200], runs))
            if second > 0 { studio.send(.tick(elapsed: .seconds(1))) }
        }
    }
}

extension StudioBench {
    /// Opens a job that failed for a cause of several lines.
    mutating func openJobWithLongCause() {
        var content = Samples.content(.failed)
        content.job.cause =
            "7 of 7 files checked \(Job.checkFailed) wines/2026/november/part-00017.csv: column 'alcohol', row 3 (line 4): "
            + "'12,5' is no number (read_options.decimal ',' would make it one); the model's signature wants double; 1000 "
            + "cells of this column do not fit"
        open(.job("five"))
        answer(.job("five"), .job(content))
        press(.end)
    }
}
