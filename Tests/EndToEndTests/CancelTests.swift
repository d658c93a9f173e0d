import Foundation
import TestSupport
import Testing

/// Cancelling, whoever started the executor.
@Suite(.serialized)
struct CancelTests {
    @Test(.timeLimit(.minutes(3)))
    func `A job is canceled within two seconds, though its executor inherited blocked signals`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 3000, secondsEach: 0.05)
            // Foundation's processes block signals, and hand that on to all that they start.
            let job = try program.value("name", of: "batch-endpoint", "invoke", "-n", "texts", "--input", "./texts")
            _ = try await wait(for: "job \(job) to score") {
                Int(try program.value("batchstudio.counts.done_mini_batches", of: "job", "show", "-n", job)) ?? 0 > 2
                    ? true : nil
            }
            let began = ContinuousClock.now
            _ = try program.succeed("job", "cancel", "-n", job)
            _ = try await wait(for: "the end of job \(job)") {
                try program.value("status", of: "job", "show", "-n", job) == "Canceled" ? true : nil
            }
            #expect(ContinuousClock.now - began < .seconds(2))
        }
    }
}
