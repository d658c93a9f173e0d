import BatchDomain
import BatchWorkspace
import Foundation
import StudioCore
import SystemKit
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

    @Test func `A folder that can't be read fails the download instead of shrinking it`() async throws {
        try await StudioBench.with { bench in
            let name = SampleWorkspace.completedJob
            let logs = bench.workspace.folder.job(name).path + "/user_logs"
            try write("done\n", to: logs + "/std_log_0.txt")
            // Too deep for a path: unlike a folder without permissions, root can't read it either.
            try await withDeepFolder(in: logs) {
                let error = await #expect(throws: FileError.self) {
                    try await bench.studio.download(job: name, .remaining, to: "got")
                }
                #expect(error?.code == ENAMETOOLONG)
            }
            #expect(!FileManager.default.fileExists(atPath: bench.folder + "/got"))
        }
    }

    @Test func `A link is downloaded as its file, or named as left out`() async throws {
        try await StudioBench.with { bench in
            var invocation = Invocation(
                endpointName: "wine-growers",
                input: .asset(AssetReference(name: "wine-unlabeled"))
            )
            invocation.overrides.outputAction = .summaryOnly
            let job = try await bench.workspace.invoke(invocation)
            let output = job.specification.output.folder
            try write("1\n", to: output + "/a.csv")
            try write("2\n", to: output + "/part/b.csv")
            try await bench.workspace.setState(of: job.name, to: .canceled)
            let manager = FileManager.default
            try write("secret", to: bench.folder + "/secret.txt")
            for (name, target) in [
                ("latest.csv", "part/b.csv"), ("out.txt", bench.folder + "/secret.txt"), ("gone.csv", "nothing"),
                ("folder", "part"),
            ] {
                try manager.createSymbolicLink(atPath: output + "/" + name, withDestinationPath: target)
            }
            #expect(mkfifo(output + "/pipe", 0o600) == 0)
            let paths = try await bench.studio.download(job: job.name, .output, to: "got")
            let place = bench.folder + "/got/named-outputs/score/"
            #expect(paths.map { String($0.dropFirst(place.count)) } == ["a.csv", "latest.csv", "part/b.csv"])
            #expect(try String(contentsOfFile: place + "latest.csv", encoding: .utf8) == "2\n")
            let kind = try manager.attributesOfItem(atPath: place + "latest.csv")[.type] as? FileAttributeType
            #expect(kind == .typeRegular)
            #expect(
                bench.warnings == [
                    "Left out: \(output)/folder (a link to a folder), \(output)/gone.csv (a link to nothing), "
                        + "\(output)/out.txt (a link that leads out of \(output)), \(output)/pipe (neither a file nor a folder)."
                ]
            )
        }
    }

    @Test func `A model is downloaded to a folder of its name`() async throws {
        try await StudioBench.with { bench in
            let paths = try await bench.studio.downloadModel(AssetReference(name: "wine"), to: "got")
            #expect(paths.contains { $0.hasPrefix(bench.folder + "/got/wine/") && $0.hasSuffix("/MLmodel") })
        }
    }
}
