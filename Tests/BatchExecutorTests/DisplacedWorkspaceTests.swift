import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit
import TestSupport
import Testing

@testable import BatchExecutor

/// Workspaces that are moved, deleted or replaced under an executor.
@Suite(.serialized) struct DisplacedWorkspaceTests {
    /// Scores a file at once, all but the first only when the flag is there.
    private static let script = """
        import os, time
        def init():
            pass
        def run(mini_batch):
            while not mini_batch[0].endswith("00000.txt") and not os.path.exists(os.environ["BENCH_FLAG"]):
                time.sleep(0.01)
            return [os.path.basename(path) for path in mini_batch]
        """

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func `A workspace that is renamed under a job ends the executor, and the job is finished at its new place`()
        async throws
    {
        try await JobBench.with(script: Self.script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 4), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 1)
            let (old, new) = (bench.workspace.folder.path, bench.folder + "/renamed")
            try FileManager.default.moveItem(atPath: old, toPath: new)
            let end = try await bench.executor.end()?.displaced
            #expect(end?.folder == old && end?.fate == .moved(to: new))
            #expect(!Self.exists(old))

            try bench.raiseFlag()
            let moved = try Workspace(opening: WorkspaceFolder(path: new), durability: .full)
            let second = JobBench(workspace: moved, folder: bench.folder, executor: BenchExecutor(moved))
            try await second.executor.start()
            let ended = try await second.end(of: job.name)
            try await second.executor.stop()
            #expect(ended.state == .completed)
            #expect(ended.specification.output.folder == new + "/blobs/\(job.name)/score")
            #expect(try second.lines(of: ended) == JobBench.names(0..<4))
            #expect(!Self.exists(old))
        }
    }

    @Test func `A workspace that is deleted under a job is not made again`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 4), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 1)
            let path = bench.workspace.folder.path
            // Until nothing of it is left: a worker may add a file while it goes.
            _ = try await wait(for: "the folder to be gone") {
                try? FileManager.default.removeItem(atPath: path)
                return Self.exists(path) ? nil : true
            }
            #expect(try await bench.executor.end()?.displaced != nil)
            #expect(!Self.exists(path))
        }
    }

    @Test(arguments: ["studio.sqlite", "studio.sqlite-wal"])
    func `An idle executor ends when a file of its database is replaced`(name: String) async throws {
        try await JobBench.with(script: Self.script) { bench in
            try bench.raiseFlag()
            let job = try await bench.submit(try bench.makeInput(files: 2), overrides: bench.overrides())
            _ = try await bench.end(of: job.name)
            let file = bench.workspace.folder.path + "/" + name
            // The executor may cut the log short at this moment.
            try FileCopy.make(of: file, to: file + ".new")
            #expect(rename(file + ".new", file) == 0)
            #expect(try await bench.executor.end()?.displaced?.fate == .exchanged(name))
        }
    }

    @Test func `An idle executor leaves a database that is a backup by itself`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            try bench.raiseFlag()
            let job = try await bench.submit(try bench.makeInput(files: 2), overrides: bench.overrides())
            _ = try await bench.end(of: job.name)
            let log = bench.workspace.folder.database + "-wal"
            _ = try await wait(for: "the log to be empty") {
                (try FileManager.default.attributesOfItem(atPath: log)[.size] as? NSNumber) == 0 ? true : nil
            }
            let copy = WorkspaceFolder(path: bench.folder + "/copy")
            try FileManager.default.createDirectory(atPath: copy.path, withIntermediateDirectories: true)
            try FileCopy.make(of: bench.workspace.folder.database, to: copy.database)
            #expect(try await Workspace(opening: copy).job(job.name).state == .completed)
        }
    }

    @Test func `A copy made while a job runs never writes into the original`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let job = try await bench.submit(try bench.makeInput(files: 3), overrides: bench.overrides())
            _ = try await bench.job(job.name, finishes: 1)
            let place = WorkspaceFolder(path: bench.folder + "/copy")
            _ = try await bench.workspace.backUp(to: place.path)
            try await bench.cancel(job.name)
            _ = try await bench.end(of: job.name)
            try bench.raiseFlag()
            let copy = try Workspace(opening: place, durability: .full)
            let second = JobBench(workspace: copy, folder: bench.folder, executor: BenchExecutor(copy))
            try await second.executor.start()
            let ended = try await second.end(of: job.name)
            try await second.executor.stop()
            #expect(ended.state == .completed)
            #expect(try second.lines(of: ended) == JobBench.names(0..<3))
            #expect(ended.specification.output.folder.hasPrefix(place.path + "/"))
            #expect(!Self.exists(bench.workspace.folder.blobs + "/\(job.name)/score/predictions.csv"))
        }
    }

    @Test func `An output folder that became a link is not written through`() async throws {
        try await JobBench.with(script: Self.script) { bench in
            let input = try bench.makeInput(files: 2)
            try await bench.executor.stop()
            let output = DatastorePath(datastore: Datastore.defaultName, path: "scores/today")
            let job = try await bench.submit(input, output: output, overrides: bench.overrides())
            try bench.raiseFlag()
            let link = bench.workspace.folder.blobs + "/scores"
            try FileManager.default.createDirectory(atPath: bench.folder + "/else", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: bench.folder + "/else")
            try await bench.executor.start()
            let ended = try await bench.end(of: job.name)
            #expect(ended.state == .failed)
            expectMessage(ended.cause, "cause/output-link", placeholders: bench.placeholders)
            #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder + "/else").isEmpty)
        }
    }
}

extension Executor.End {
    fileprivate var displaced: WorkspaceDisplaced? {
        if case .displaced(let displaced) = self { displaced } else { nil }
    }
}
