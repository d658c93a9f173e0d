import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

/// Inputs and outputs that are not as they should be.
@Suite(.serialized) struct JobInputTests {
    private static let waiting = JobCancelTests.waiting

    @Test func `A file removed under a job fails alone, with its reason`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let input = try bench.makeInput(files: 40)
            let job = try await bench.submit(input, overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try FileManager.default.removeItem(atPath: input + "/00039.txt")
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .completed)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<39))
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.file) == ["00039.txt"])
            #expect(failures.map(\.type) == ["FileGone"])
            expectMessage(failures.first?.message, "failure/file-gone")
        }
    }

    @Test func `A file changed under a job fails alone, with its reason`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let input = try bench.makeInput(files: 40)
            let job = try await bench.submit(input, overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try write("something longer\n", to: input + "/00038.txt")
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.counts.failedFiles == 1)
            let failures = try await bench.workspace.failures(of: job.name)
            #expect(failures.map(\.type) == ["FileChanged"])
            expectMessage(failures.first?.message, "failure/file-changed")
        }
    }

    @Test func `Files that come later are not scored`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let input = try bench.makeInput(files: 8)
            let job = try await bench.submit(input, overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            try write("late", to: input + "/00000-late.txt")
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(try bench.lines(of: ended) == JobBench.names(0..<8))
        }
    }

    @Test func `An empty input folder fails the job and says so`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let input = bench.folder + "/empty"
            try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
            let job = try await bench.run(input)
            #expect(job.state == .failed)
            expectMessage(job.cause, "cause/input-empty", placeholders: bench.placeholders)
        }
    }

    @Test func `An input that is gone when the job starts fails it`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let input = try bench.makeInput(files: 1)
            try await bench.executor.stop()
            let job = try await bench.submit(input)
            try FileManager.default.removeItem(atPath: input)
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .failed)
            expectMessage(ended.cause, "cause/input-gone", placeholders: bench.placeholders)
        }
    }

    @Test func `An output that exists is refused before a job is made`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let place = DatastorePath(datastore: "workspaceblobstore", path: "scores")
            let file = bench.workspace.folder.blobs + "/scores/predictions.csv"
            try write("mine", to: file)
            let input = try bench.makeInput(files: 1)
            let error = await #expect(throws: StudioError.self) { try await bench.submit(input, output: place) }
            #expect(error?.code == .alreadyExists)
            expectMessage(error, "output/exists", placeholders: bench.placeholders)
            #expect(try await bench.workspace.jobs().isEmpty)
        }
    }

    @Test func `An output whose name was taken while the job ran is not overwritten`() async throws {
        try await JobBench.with(script: Self.waiting) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 8), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 5)
            let file = try #require(job.specification.output.file)
            try write("mine", to: file)
            try bench.raiseFlag()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .failed)
            expectMessage(ended.cause, "cause/output-exists", placeholders: [bench.folder: "FOLDER", job.name: "JOB"])
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
        }
    }
}
