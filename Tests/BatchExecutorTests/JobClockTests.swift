import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization
import Testing

@testable import BatchExecutor

/// Jobs under a clock that is set hours forward and back while they run.
@Suite(.serialized) struct JobClockTests {
    /// A clock that stands elsewhere each time it is read.
    private final class JumpingClock: Sendable {
        private let readings = Mutex(0)
        private let hours: [Int]

        init(hours: [Int]) {
            self.hours = hours
        }

        func now() -> Date {
            let reading = readings.withLock { readings in
                readings += 1
                return readings
            }
            return Date().addingTimeInterval(Double(hours[reading % hours.count]) * 3_600)
        }
    }

    private static let script = """
        import os, time
        def init():
            pass
        def run(mini_batch):
            time.sleep(0.05)
            return [os.path.basename(path) for path in mini_batch]
        """

    @Test(arguments: [[0, 5], [0, -5], [3, -9, 0, 48, -1]])
    func `A clock that is set forward or back times nothing out, and no state lasts less than no time`(
        hours: [Int]
    ) async throws {
        let clock = JumpingClock(hours: hours)
        try await JobBench.with(script: Self.script, now: { clock.now() }) { bench in
            let input = try bench.makeInput(files: 12)
            let job = try await bench.run(
                input,
                overrides: bench.overrides {
                    $0.timeout = 2
                    $0.maxRetries = 1
                    $0.maxConcurrencyPerInstance = 2
                }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == JobBench.names(0..<12))
            #expect(job.counts.failedFiles == 0)
            let log = try bench.log(of: job)
            #expect(!log.contains("Timeout"), "\(log)")
            let steps = try await bench.workspace.transitions(of: job.name)
            #expect(steps.map(\.state) == [.queued, .preparing, .running, .finalizing, .completed])
            #expect(steps.map(\.at) == steps.map(\.at).sorted())
            #expect(try #require(job.startedAt) >= job.createdAt)
            #expect(try #require(job.endedAt) >= #require(job.startedAt))
            let reports = try await bench.workspace.reduceMiniBatches(of: job.name, into: [MiniBatchReport]()) {
                $0.append($1)
            }
            #expect(reports.count == 12)
            #expect(reports.allSatisfy { (0..<2).contains($0.seconds) && $0.attempts == 1 })
        }
    }
}
