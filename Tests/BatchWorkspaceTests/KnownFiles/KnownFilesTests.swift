import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

struct KnownFilesTests {
    private static func file(_ name: String, size: Int = 1) -> InputFile {
        InputFile(path: Array(name.utf8), size: size, modified: 12)
    }

    /// Completes a job that has listed some files, of which some failed.
    private static func complete(
        _ job: Job,
        _ files: [InputFile],
        failed: [String] = [],
        in bench: WorkspaceBench
    ) async throws {
        var list = Data()
        for file in files { ManifestText.append(file, to: &list) }
        try write(String(decoding: list, as: UTF8.self), to: bench.workspace.folder.job(job.name).manifest)
        let failures = failed.map {
            FileFailure(file: $0, miniBatch: 0, type: "Error", message: "no", traceback: nil, attempt: 1)
        }
        let record = MiniBatchRecord(
            id: 0,
            outcome: .failed,
            attempts: 1,
            files: failed.count,
            startedAt: WorkspaceBench.date,
            seconds: 1,
            pid: 1,
            failures: failures
        )
        try await bench.move(job.name, through: .preparing, .running)
        if !failed.isEmpty { _ = try await bench.workspace.journal([record], of: job.name) }
        try await bench.move(job.name, through: .finalizing, .completed)
    }

    /// The names of the files that are new to a job.
    private static func new(_ files: [InputFile], to job: Job, in bench: WorkspaceBench) async throws -> [String] {
        let digests = InputDigests(of: job.specification.input, in: bench.workspace.folder)
        let areNew = try await bench.workspace.areNew(files.map(digests.digest), to: job.specification)
        return zip(files, areNew).filter { $0.1 }.map { String(decoding: $0.0.path, as: UTF8.self) }
    }

    @Test func `A Completed job's files are known, but for those that failed or have changed since`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            // It ends before anything asks for new files.
            let earlier = try await bench.invoke()
            try await Self.complete(earlier, [Self.file("a"), Self.file("bad")], failed: ["bad"], in: bench)
            let next = try await bench.invoke { $0.isNewOnly = true }
            let all = [Self.file("z"), Self.file("bad"), Self.file("a"), Self.file("a2")]
            #expect(try await Self.new(all, to: next, in: bench) == ["z", "bad", "a2"])
            try await Self.complete(next, [Self.file("bad"), Self.file("z")], in: bench)
            #expect(try await Self.new(all, to: next, in: bench) == ["a2"])
            #expect(try await Self.new([Self.file("a", size: 2)], to: next, in: bench) == ["a"])
        }
    }

    @Test func `Jobs that are not Completed make no file known`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke { $0.isNewOnly = true }
            #expect(try await Self.new([Self.file("a")], to: job, in: bench) == ["a"])
            var list = Data()
            ManifestText.append(Self.file("a"), to: &list)
            try write(String(decoding: list, as: UTF8.self), to: bench.workspace.folder.job(job.name).manifest)
            try await bench.move(job.name, through: .preparing, .running, .failed)
            #expect(try await Self.new([Self.file("a")], to: job, in: bench) == ["a"])
        }
    }

    @Test func `Another endpoint knows nothing, nor does one that takes the place of a deleted one`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke { $0.isNewOnly = true }
            try await Self.complete(job, [Self.file("a")], in: bench)
            #expect(try await Self.new([Self.file("a")], to: job, in: bench).isEmpty)
            try await bench.deploy(to: "other")
            let other = try await bench.invoke { $0.endpointName = "other" }
            #expect(try await Self.new([Self.file("a")], to: other, in: bench) == ["a"])
            bench.clock.advance(by: 60)
            try await bench.workspace.deleteEndpoint("wine-batch")
            try await bench.deploy()
            let second = try await bench.invoke()
            #expect(try await Self.new([Self.file("a")], to: second, in: bench) == ["a"])
        }
    }

    @Test func `A reset schedule scores all again, and jobs from before the reset stay forgotten`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            try await Self.complete(job, [Self.file("a"), Self.file("b")], in: bench)
            var schedule = Schedule(
                name: "inbox",
                trigger: .arrival(ArrivalRule()),
                job: try bench.invocation(),
                createdAt: WorkspaceBench.date,
                updatedAt: WorkspaceBench.date
            )
            schedule.job.isNewOnly = true
            schedule = try await bench.workspace.save(schedule)
            #expect(try await bench.workspace.resetSchedule("inbox") == 2)
            let files = [Self.file("a"), Self.file("b")]
            #expect(try await Self.new(files, to: job, in: bench) == ["a", "b"])
            #expect(try await bench.workspace.resetSchedule("inbox") == 0)
        }
    }

    @Test func `Many thousands of files are compared in one go`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke { $0.isNewOnly = true }
            #expect(try await Self.new([], to: job, in: bench).isEmpty)
            let files = (0..<25_001).map { Self.file("\($0)") }
            try await Self.complete(job, files.filter { $0.path != Array("77".utf8) }, in: bench)
            #expect(try await Self.new(files + [Self.file("x")], to: job, in: bench) == ["77", "x"])
        }
    }

    @Test func `A file is known wherever its workspace is moved, where it lies in it`() throws {
        let file = Self.file("a")
        let digests = ["/one", "/two"].map { folder in
            let input = JobInput(reference: .local(""), kind: .folder, path: folder + "/blobs/in")
            return InputDigests(of: input, in: WorkspaceFolder(path: folder)).digest(of: file)
        }
        #expect(digests[0] == digests[1])
    }

    @Test func `A remote file's ETag counts in place of its time`() throws {
        let place = RemoteInput(place: .http(url: "https://example.org"), path: "in")
        let input = JobInput(reference: .local(""), kind: .folder, path: "/files", remote: place)
        let digests = InputDigests(of: input, in: WorkspaceFolder(path: "/workspace"))
        let lines = [
            #"{"name": "a", "key": "in/a", "size": 1, "etag": "x", "mtime": 1.5}"#,
            #"{"name": "a", "key": "in/a", "size": 1, "etag": "x", "mtime": 2.5}"#,
            #"{"name": "a", "key": "in/a", "size": 1, "etag": "y", "mtime": 2.5}"#,
            #"{"name": "b", "key": "in/b", "size": null, "etag": null, "mtime": null}"#,
        ]
        let files = digests.files(ofListing: Data(lines.joined(separator: "\n").utf8))
        #expect(files[0].digest == files[1].digest)
        #expect(files[1].digest != files[2].digest)
        #expect(files[3].digest == nil)
        #expect(files.map(\.file.modified) == [1_500_000_000, 2_500_000_000, 2_500_000_000, InputFile.unknown])
    }
}
