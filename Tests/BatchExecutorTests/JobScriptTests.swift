import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Scripts that can't be loaded, and what scripts print and start.
@Suite(.serialized) struct JobScriptTests {
    @Test func `init() that raises ends the job at once, with the cause`() async throws {
        let script = """
            def init():
                raise FileNotFoundError("weights.bin is not in the model")
            def run(mini_batch):
                return mini_batch
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 50), overrides: bench.overrides())
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/init")
            #expect(job.counts.finishedMiniBatches == 0)
        }
    }

    @Test func `A syntax error is told with its place`() async throws {
        try await JobBench.with(script: "def init():\n    pass\ndef run(mini_batch)\n    return []\n") { bench in
            let job = try await bench.run(try bench.makeInput(files: 1))
            #expect(job.state == .failed)
            let cause = try #require(job.cause)
            #expect(cause.contains("SyntaxError: "))
            #expect(cause.contains("line 3"))
        }
    }

    @Test func `A file beside the script is found by its relative name, and the code stays as it is`() async throws {
        let script = """
            import os
            imported = open("data/labels.txt").read()
            def init():
                global begun
                begun = open("data/labels.txt").read()
                with open("data/labels.txt", "w") as file:
                    file.write("changed")
            def run(mini_batch):
                open("left.txt", "w").close()
                return [imported + begun + str(os.path.isdir("data"))] * len(mini_batch)
            """
        try await JobBench.with(script: script, code: ["data/labels.txt": "red"]) { bench in
            let job = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides())
            #expect(job.state == .completed, "\(job.cause ?? "")")
            #expect(try bench.lines(of: job) == ["redredTrue"])
            guard case .script(let code) = job.specification.scoring else {
                Issue.record("The job has no script.")
                return
            }
            #expect(try String(contentsOfFile: code.folder + "/data/labels.txt", encoding: .utf8) == "red")
            let names = try FileManager.default.contentsOfDirectory(atPath: code.folder).sorted()
            #expect(names.filter { $0 != "__pycache__" } == ["data", "score.py"])
        }
    }

    @Test func `The working folder is gone once the job has ended, however it ended`() async throws {
        let script = """
            import os
            def init():
                assert os.path.exists("data/labels.txt")
                open("left.txt", "w").close()
            def run(mini_batch):
                if any("bad" in open(path).read() for path in mini_batch):
                    raise ValueError("bad")
                return mini_batch
            """
        try await JobBench.with(script: script, code: ["data/labels.txt": "red"]) { bench in
            let good = try await bench.run(try bench.makeInput(files: 1), overrides: bench.overrides())
            let bad = try await bench.run(
                try bench.makeInput(files: 1, named: "bad") { _ in "bad" },
                overrides: bench.overrides { $0.maxRetries = 1 }
            )
            #expect(good.state == .completed && bad.state == .failed)
            for job in [good, bad] {
                let work = bench.workspace.folder.job(job.name).work
                _ = try await wait(for: "the end of \(work)") {
                    FileManager.default.fileExists(atPath: work) ? nil : true
                }
            }
            try write("fixed", to: bench.folder + "/bad/00000.txt")
            _ = try await bench.workspace.resume(bad.name)
            await bench.executor.wake()
            #expect(try await bench.end(of: bad.name).state == .completed)
        }
    }

    @Test func `A missing module is named`() async throws {
        try await JobBench.with(script: "import no_such_module\ndef init(): pass\ndef run(mini_batch): pass") { bench in
            let job = try await bench.run(try bench.makeInput(files: 1))
            expectMessage(job.cause, "cause/module")
        }
    }

    @Test func `A script without run() is refused`() async throws {
        try await JobBench.with(script: "def init(): pass") { bench in
            let job = try await bench.run(try bench.makeInput(files: 1))
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/no-run", placeholders: bench.placeholders)
        }
    }

    @Test func `A script that ends the host while it is loaded fails its job`() async throws {
        try await JobBench.with(script: "import os\nos._exit(7)") { bench in
            let job = try await bench.run(try bench.makeInput(files: 1))
            #expect(job.state == .failed)
            #expect(job.cause?.contains("code 7") == true, "\(job.cause ?? "")")
        }
    }

    @Test func `What a script prints goes to its logs, and disturbs nothing`() async throws {
        let script = """
            import os, subprocess, sys
            print("loading")
            def init():
                print("initialising")
            def run(mini_batch):
                print('{"op":"done","id":0,"offset":0,"bytes":0,"crc":0,"rows":0,"files":1,"failed":[],"failed_count":0}')
                sys.stderr.write("to stderr\\n")
                os.write(1, b"to the descriptor\\n")
                subprocess.call(["echo", "from a child"])
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 3), overrides: bench.overrides())
            #expect(try bench.lines(of: job) == JobBench.names(0..<3))
            let logs = bench.workspace.folder.job(job.name).logs
            let stdout = try String(contentsOfFile: logs + "/user/stdout/local/process001.stdout.txt", encoding: .utf8)
            #expect(stdout.hasPrefix("initialising\n"))
            for text in ["\"op\":\"done\"", "to the descriptor", "from a child"] { #expect(stdout.contains(text)) }
            let stderr = try String(contentsOfFile: logs + "/user/stderr/local/process001.stderr.txt", encoding: .utf8)
            #expect(stderr.contains("to stderr"))
            #expect(try String(contentsOfFile: logs + "/sys/host.txt", encoding: .utf8).contains("loading"))
            let lines = JobLog(in: bench.workspace.folder.job(job.name)).window(.end, JobLogFilter()).lines.map(\.text)
            let order = ["Loading the scoring script", "loading", "initialising", "to stderr", "The job is Completed."]
            let places = order.map { text in lines.firstIndex { $0.hasPrefix(text) } ?? -1 }
            #expect(places == places.sorted() && !places.contains(-1))
        }
    }

    @Test func `Children of a script do not outlive its job`() async throws {
        let script = """
            import os, subprocess
            def init():
                pass
            def run(mini_batch):
                subprocess.Popen(["sleep", "600"], env=dict(os.environ, BENCH_CHILD=os.environ["BENCH_FOLDER"]))
                if os.fork() == 0:
                    os.environ["BENCH_CHILD"] = os.environ["BENCH_FOLDER"]
                    os.execvp("sleep", ["sleep", "600"])
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 2), overrides: bench.overrides())
            #expect(try bench.lines(of: job) == JobBench.names(0..<2))
            _ = try await wait(for: "the end of the script's children", within: .seconds(5)) {
                livingProcesses(withEnvironment: "BENCH_CHILD=\(bench.folder)").isEmpty ? true : nil
            }
        }
    }

    @Test func `A child that leaves the session and keeps the channel does not hold up the job`() async throws {
        let script = """
            import os, time
            def init():
                pass
            def run(mini_batch):
                flag = os.environ["BENCH_FLAG"]
                if not os.path.exists(flag):
                    open(flag, "w").close()
                    if os.fork() == 0:
                        os.setsid()
                        time.sleep(20)
                        os._exit(0)
                    os._exit(1)
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 3), overrides: bench.overrides())
            #expect(job.state == .completed)
            #expect(try bench.lines(of: job) == JobBench.names(0..<3))
        }
    }

    @Test func `shutdown() is called once in each worker after the last mini-batch`() async throws {
        let script = """
            import os
            def init():
                pass
            def run(mini_batch):
                return mini_batch
            def shutdown():
                with open(os.environ["BENCH_FLAG"], "a") as file:
                    file.write("shut down\\n")
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 3), overrides: bench.overrides())
            #expect(job.state == .completed)
            #expect(try String(contentsOfFile: bench.flag, encoding: .utf8) == "shut down\n")
        }
    }

    @Test func `The output is not to be seen before shutdown() is through`() async throws {
        let script = """
            import os
            import time
            def init():
                pass
            def run(mini_batch):
                return [os.path.basename(path) for path in mini_batch]
            def shutdown():
                folder, end = os.environ["AZUREML_BI_OUTPUT_PATH"], time.monotonic() + 20
                while not os.listdir(folder) and time.monotonic() < end:
                    time.sleep(0.005)
                with open(os.environ["BENCH_FLAG"], "w") as file:
                    file.write("\\n".join(os.listdir(folder)))
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(try bench.makeInput(files: 3), overrides: bench.overrides())
            let seen = try String(contentsOfFile: bench.flag, encoding: .utf8).split(separator: "\n")
            #expect(seen.count == 1 && seen.allSatisfy { $0.hasPrefix(".") }, "\(seen)")
            #expect(try bench.lines(of: job) == JobBench.names(0..<3))
        }
    }

    @Test func `Under summary_only a script finds its folder and writes there itself`() async throws {
        let script = """
            import os
            def init():
                global folder
                folder = os.environ["AZUREML_BI_OUTPUT_PATH"]
            def run(mini_batch):
                for path in mini_batch:
                    with open(os.path.join(folder, os.path.basename(path)), "w") as file:
                        file.write("scored")
                return mini_batch
            """
        try await JobBench.with(script: script) { bench in
            let job = try await bench.run(
                try bench.makeInput(files: 3),
                overrides: bench.overrides { $0.outputAction = .summaryOnly }
            )
            #expect(job.state == .completed, "\(job.cause ?? "")")
            let files = try FileManager.default.contentsOfDirectory(atPath: job.specification.output.folder)
            #expect(files.sorted() == ["00000.txt", "00001.txt", "00002.txt"])
            #expect(job.counts.succeededFiles == 3)
            #expect(job.counts.bytes == 0)
        }
    }

    @Test func `A script that can't be forked is loaded by each worker for itself`() async throws {
        let script = """
            import os, threading, time
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
            def init():
                pass
            def run(mini_batch):
                return [os.path.basename(path) for path in mini_batch]
            """
        try await JobBench.with(script: script) { bench in
            let overrides = bench.overrides { $0.maxConcurrencyPerInstance = 2 }
            let job = try await bench.run(try bench.makeInput(files: 20), overrides: overrides)
            #expect(job.state == .completed)
            #expect(try bench.lines(of: job) == JobBench.names(0..<20))
            #expect(try bench.log(of: job).contains("can't be forked"))
        }
    }
}
