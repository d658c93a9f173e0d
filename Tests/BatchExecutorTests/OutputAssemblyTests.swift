import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

@testable import BatchExecutor

struct OutputAssemblyTests {
    private static func assembly(_ bench: ExecutorWorkspace) -> OutputAssembly {
        OutputAssembly(of: bench.job, in: bench.workspace)
    }

    /// An output that is claimed, of one mini-batch with this row.
    private static func assembly(_ bench: ExecutorWorkspace, of row: String) async throws -> OutputAssembly {
        try write(row, to: bench.folder.segments + "/a")
        let record = bench.done(0, file: "a", offset: 0, bytes: row.utf8.count)
        _ = try await bench.workspace.journal([record], of: bench.job.name)
        let assembly = assembly(bench)
        try assembly.claim()
        return assembly
    }

    private static func contents(_ bench: ExecutorWorkspace) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: bench.job.specification.output.folder).sorted()
    }

    @Test func `Rows are joined in input order, across files and empty mini-batches`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 5) { bench in
            try write("row 3\nrow 0\n", to: bench.folder.segments + "/a")
            try write("row 1\nlost\nrow 4\n", to: bench.folder.segments + "/b")
            let records = [
                bench.done(3, file: "a", offset: 0, bytes: 6), bench.done(0, file: "a", offset: 6, bytes: 6),
                bench.done(1, file: "b", offset: 0, bytes: 6), bench.done(2, file: "b", offset: 6, bytes: 0),
                bench.done(4, file: "b", offset: 11, bytes: 6),
            ]
            _ = try await bench.workspace.journal(records, of: bench.job.name)
            let assembly = Self.assembly(bench)
            try assembly.claim()
            try await assembly.assemble()
            let file = try #require(bench.job.specification.output.file)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "row 0\nrow 1\nrow 3\nrow 4\n")
            #expect(try Self.contents(bench) == ["predictions.csv"])
        }
    }

    @Test func `Rows that are joined are not to be seen, and gone when they are not delivered`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let assembly = try await Self.assembly(bench, of: "row\n")
            try await assembly.join()
            #expect(try Self.contents(bench).count == 1)
            #expect(try Self.contents(bench).allSatisfy { $0.hasPrefix(".") })
            assembly.abandon()
            #expect(try Self.contents(bench).isEmpty)
        }
    }

    @Test func `A delivered output is known by what a reboot leaves as it is`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let assembly = try await Self.assembly(bench, of: "row\n")
            try await assembly.assemble()
            var status = stat()
            #expect(stat(try #require(bench.job.specification.output.file), &status) == 0)
            let identity = try String(contentsOfFile: bench.folder.outputIdentity, encoding: .utf8)
            #expect(identity == "\(status.st_ino) 4 \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)")
        }
    }

    @Test func `A job without rows has an empty output`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            _ = try await bench.workspace.journal([bench.done(0, file: "a", offset: 0, bytes: 0)], of: bench.job.name)
            let assembly = Self.assembly(bench)
            try assembly.claim()
            try await assembly.assemble()
            let file = try #require(bench.job.specification.output.file)
            #expect(FileManager.default.contents(atPath: file) == Data())
        }
    }

    @Test func `A name taken meanwhile is refused, and nothing is overwritten`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let assembly = Self.assembly(bench)
            try assembly.claim()
            let file = try #require(bench.job.specification.output.file)
            try write("mine", to: file)
            let error = await #expect(throws: StudioError.self) { try await assembly.assemble() }
            #expect(error?.code == .alreadyExists)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
            #expect(try Self.contents(bench) == ["predictions.csv"])
        }
    }

    @Test func `The job's own output does not stand in its way after a kill`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let first = try await Self.assembly(bench, of: "row\n")
            try await first.assemble()
            let again = Self.assembly(bench)
            try again.claim()
            try await again.assemble()
            let file = try #require(bench.job.specification.output.file)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "row\n")
        }
    }

    @Test func `Another file of the same name and size is not taken for the job's own`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let assembly = try await Self.assembly(bench, of: "row\n")
            try await assembly.assemble()
            let file = try #require(bench.job.specification.output.file)
            try FileManager.default.moveItem(atPath: file, toPath: file + ".moved")
            try write("ROW\n", to: file)
            #expect(throws: StudioError.self) { try assembly.claim() }
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "ROW\n")
        }
    }

    @Test func `Missing rows are an error, and no part of an output is left`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let assembly = try await Self.assembly(bench, of: "row\n")
            try write("ro", to: bench.folder.segments + "/a")
            let damage = await #expect(throws: DamagedRows.self) { try await assembly.assemble() }
            #expect(damage?.miniBatches == [0])
            #expect(try Self.contents(bench) == [])
        }
    }

    @Test func `A part that an earlier executor left is written again`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let assembly = try await Self.assembly(bench, of: "row\n")
            let file = try #require(bench.job.specification.output.file)
            try await assembly.join()
            let partial = try #require(try Self.contents(bench).first)
            try write("a longer text than the rows", to: bench.job.specification.output.folder + "/" + partial)
            try await assembly.assemble()
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "row\n")
            #expect(try Self.contents(bench) == ["predictions.csv"])
        }
    }

    @Test func `A folder for summary_only is there before scoring`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1, action: .summaryOnly) { bench in
            let assembly = Self.assembly(bench)
            try assembly.claim()
            #expect(try Self.contents(bench) == [])
            try await assembly.assemble()
            #expect(try Self.contents(bench) == [])
        }
    }

    @Test func `What a script wrote before a kill does not stand in its job's way`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1, action: .summaryOnly) { bench in
            try Self.assembly(bench).claim()
            try write("1", to: bench.job.specification.output.folder + "/part-1.csv")
            try Self.assembly(bench).claim()
        }
    }

    @Test func `A folder that is not empty is refused for summary_only`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1, action: .summaryOnly) { bench in
            try write("1", to: bench.job.specification.output.folder + "/old.csv")
            let error = #expect(throws: StudioError.self) { try Self.assembly(bench).claim() }
            #expect(error?.code == .alreadyExists)
        }
    }

    @Test func `A file in the way of the output's folder is found before scoring`() async throws {
        try await ExecutorWorkspace.with(miniBatches: 1) { bench in
            let folder = bench.job.specification.output.folder
            try write("a file", to: folder)
            let error = #expect(throws: StudioError.self) { try Self.assembly(bench).claim() }
            #expect(error?.code == .file)
            expectMessage(error, "output/folder-in-the-way", placeholders: [folder: "OUTPUT"])
        }
    }
}

extension OutputAssembly {
    /// Joins the rows and delivers them.
    fileprivate func assemble() async throws {
        try await join()
        try deliver()
    }
}
