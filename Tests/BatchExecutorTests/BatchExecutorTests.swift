import BatchDomain
import Foundation
import Testing

@testable import BatchExecutor

struct JobRunTests {
    static let echo = """
        import os
        def init():
            pass
        def run(mini_batch):
            return [os.path.basename(path) for path in mini_batch]
        """

    @Test func `A job scores every file once, in input order`() async throws {
        try await JobBench.with(script: Self.echo) { bench in
            var overrides = SettingsOverrides()
            overrides.maxConcurrencyPerInstance = 2
            overrides.miniBatchSize = 3
            let job = try await bench.run(try bench.makeInput(files: 100), overrides: overrides)
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == (0..<100).map { Substring(String(format: "%05d.txt", $0)) })
            #expect(job.counts.succeededFiles == 100)
        }
    }
}
