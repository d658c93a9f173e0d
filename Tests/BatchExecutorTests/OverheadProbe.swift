import BatchDomain
import BatchWorkspace
import Foundation
import Testing

@testable import BatchExecutor

struct OverheadProbe {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["PROBE"] != nil)) func `overhead`() async throws {
        let script = "import os\ndef init():\n    pass\ndef run(mini_batch):\n    return ['x'] * len(mini_batch)\n"
        try await JobBench.with(script: script) { bench in
            var overrides = SettingsOverrides()
            overrides.maxConcurrencyPerInstance = 2
            overrides.miniBatchSize = 1
            let count = Int(ProcessInfo.processInfo.environment["PROBE"]!)!
            let input = try bench.makeInput(files: count)
            for _ in 0..<3 {
                let job = try await bench.run(input, overrides: overrides)
                let steps = try await bench.workspace.transitions(of: job.name)
                for (a, b) in zip(steps, steps.dropFirst()) { print(a.state, "->", b.state, b.at.timeIntervalSince(a.at)) }
                let running = steps.first { $0.state == .running }!, fin = steps.first { $0.state == .finalizing }!
                print("per mini-batch ms:", fin.at.timeIntervalSince(running.at) / Double(count) * 1000, job.state, job.counts.rows)
            }
        }
    }
}
