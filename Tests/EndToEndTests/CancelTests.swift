import Foundation
import TestSupport
import Testing

/// Cancelling, whoever started the executor.
@Suite(.serialized)
struct CancelTests {
    @Test(.timeLimit(.minutes(3)))
    func `A job is canceled long before its end, though its executor inherited blocked signals`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 3000, secondsEach: 0.05)
            // Foundation's processes block signals, and hand that on to all that they start.
            let job = try program.value("name", of: "batch-endpoint", "invoke", "-n", "texts", "--input", "./texts")
            _ = try await wait(for: "job \(job) to score") {
                Int(try program.value("batchstudio.counts.done_mini_batches", of: "job", "show", "-n", job)) ?? 0 > 2
                    ? true : nil
            }
            _ = try program.succeed("job", "cancel", "-n", job)
            _ = try await wait(for: "the end of job \(job)") {
                try program.value("status", of: "job", "show", "-n", job) == "Canceled" ? true : nil
            }
            // Workers that are not killed would score the rest in their last minutes.
            let done = try program.value("batchstudio.counts.done_mini_batches", of: "job", "show", "-n", job)
            #expect(try #require(Int(done)) < 2000)
        }
    }
}
