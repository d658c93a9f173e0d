import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Trying a deployment on one file.
@Suite(.serialized) struct DeploymentTrialTests {
    private func outcome(
        of script: String,
        settings: SettingsOverrides = SettingsOverrides()
    ) async throws
        -> DeploymentTest
    {
        var result = DeploymentTest()
        try await JobBench.with(script: script, settings: settings) { bench in
            let input = try bench.makeInput(files: 1)
            let trial = DeploymentTrial(in: bench.workspace) { _, _, _ in try await Python.path() }
            result = try await trial.score(input + "/00000.txt", with: "script", of: "bench") { _ in }
            #expect(try await bench.workspace.unfinishedJobs().isEmpty)
        }
        return result
    }

    @Test func `The rows, the prints and the times are shown`() async throws {
        let outcome = try await outcome(
            of: """
                import logging, os
                print("loading")
                def init():
                    print("initialising")
                def run(mini_batch):
                    logging.info("scoring %d", len(mini_batch))
                    return [os.path.basename(path) for path in mini_batch]
                """
        )
        #expect(outcome.succeeded)
        #expect(outcome.rows == ["00000.txt"])
        for text in ["loading\n", "initialising\n", "scoring 1"] { #expect(outcome.printed.contains(text)) }
        #expect(outcome.loadSeconds != nil && outcome.initSeconds != nil && outcome.runSeconds != nil)
    }

    @Test func `An error of run() is told from the script's first frame on`() async throws {
        let outcome = try await outcome(of: "def init(): pass\ndef run(files):\n    return [1 / 0]\n")
        #expect(!outcome.succeeded)
        #expect(outcome.failures.map(\.type) == ["ZeroDivisionError"])
        let traceback = try #require(outcome.failures.first?.traceback)
        #expect(traceback.contains("score.py\", line 3"))
        #expect(!traceback.contains("worker.py"))
    }

    @Test func `A script that can't be loaded is told like one that fails`() async throws {
        let outcome = try await outcome(of: "import no_such_module\ndef init(): pass\ndef run(files): pass\n")
        #expect(outcome.failures.map(\.type) == ["ModuleNotFoundError"])
        #expect(outcome.initSeconds == nil)
    }

    @Test func `The end of what was printed is shown, also bytes that are no text`() async throws {
        let outcome = try await outcome(
            of: """
                import sys
                def init():
                    sys.stdout.buffer.write(b"\\xff" + b"x" * (3 << 20) + b"the end\\n")
                def run(mini_batch):
                    return ["a"]
                """
        )
        #expect(outcome.succeeded)
        #expect(outcome.printed.contains("xthe end\n"))
        #expect(outcome.printed.utf8.count < 2 << 20)
    }

    @Test func `A script is limited to the memory that it has in a job`() async throws {
        var settings = SettingsOverrides()
        settings.memoryLimitPerWorker = 1 << 30
        let outcome = try await outcome(
            of: "def init(): pass\ndef run(files):\n    return [str(len(bytearray(2 << 30)))]\n",
            settings: settings
        )
        #expect(!outcome.succeeded)
    }

    @Test func `A run() that takes too long is ended`() async throws {
        var settings = SettingsOverrides()
        settings.timeout = 1
        let outcome = try await outcome(
            of: "import time\ndef init(): pass\ndef run(files): time.sleep(600)\n",
            settings: settings
        )
        #expect(outcome.failures.map(\.type) == ["Timeout"])
        expectMessage(outcome.failures.first?.message, "trial/timeout")
    }
}
