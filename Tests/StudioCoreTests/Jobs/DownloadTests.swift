import BatchDomain
import BatchWorkspace
import Foundation
import StudioCore
import TestSupport
import Testing

/// `Studio.download`.
struct DownloadTests {
    @Test func `A relative folder starts from the caller's folder`() async throws {
        try await StudioBench.with { bench in
            let paths = try await bench.studio.download(job: SampleWorkspace.completedJob, .output, to: "got")
            let folder = bench.folder + "/got/named-outputs/score/"
            #expect(!paths.isEmpty && paths.allSatisfy { $0.hasPrefix(folder) })
            #expect(paths.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        }
    }

    @Test func `A running job is not downloaded`() async throws {
        try await StudioBench.with { bench in
            await #expect {
                try await bench.studio.download(job: SampleWorkspace.runningJob, .output, to: "got")
            } throws: {
                ($0 as? StudioError)?.code == .invalidState
            }
        }
    }

    @Test func `An output that is gone is an error, and a warning where the rest is wanted`() async throws {
        try await StudioBench.with { bench in
            let name = SampleWorkspace.completedJob
            let job = try await bench.studio.job(name)
            try FileManager.default.removeItem(atPath: job.specification.output.file ?? "")
            try write("done\n", to: bench.workspace.folder.job(name).controllerLog)
            await #expect { try await bench.studio.download(job: name, .outputAndLogs, to: "got") } throws: {
                ($0 as? StudioError)?.code == .notFound
            }
            #expect(bench.warnings.isEmpty)
            let paths = try await bench.studio.download(job: name, .remaining, to: "got")
            #expect(paths == [bench.folder + "/got/artifacts/user_logs/std_log_0.txt"])
            #expect(bench.warnings.count == 1)
        }
    }

    @Test func `Another file of the same name is overwritten only on request`() async throws {
        try await StudioBench.with { bench in
            let name = SampleWorkspace.completedJob
            let path = try #require(try await bench.studio.download(job: name, .output, to: "got").first)
            try write("mine", to: path)
            await #expect { try await bench.studio.download(job: name, .output, to: "got") } throws: {
                ($0 as? StudioError)?.code == .alreadyExists
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
            _ = try await bench.studio.download(job: name, .output, to: "got", overwrites: true)
            #expect(try String(contentsOfFile: path, encoding: .utf8) != "mine")
        }
    }

    @Test func `A model is downloaded to a folder of its name`() async throws {
        try await StudioBench.with { bench in
            let paths = try await bench.studio.downloadModel(AssetReference(name: "wine"), to: "got")
            #expect(paths.contains { $0.hasPrefix(bench.folder + "/got/wine/") && $0.hasSuffix("/MLmodel") })
        }
    }
}
