import Foundation
import Glibc
import TestSupport
import Testing

/// Inbox folders and files that are new, with the real executor and real kills.
struct ArrivalInboxTests {
    private static func createInbox(in program: Program) throws {
        try write(
            """
            name: inbox
            trigger: {type: arrival, settle: 0s, collect: 0s}
            create_job:
              endpoint_name: texts
              name: inbox-{n}
              inputs: {input: {path: ./inbox}}
            """,
            to: program.folder + "/inbox.yml"
        )
        _ = try program.succeed("schedule", "create", "-f", "inbox.yml")
    }

    @Test(.timeLimit(.minutes(5)))
    func `Each file is scored once, though the executor is killed again and again`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 1, secondsEach: 0)
            // The folder is not there yet.
            try Self.createInbox(in: program)
            let files = (0..<6).map { "file-\($0).txt" }
            for file in files {
                try write(file, to: program.folder + "/elsewhere/" + file)
                try FileManager.default.createDirectory(
                    atPath: program.folder + "/inbox",
                    withIntermediateDirectories: true
                )
                let target = program.folder + "/inbox/" + file
                try FileManager.default.moveItem(atPath: program.folder + "/elsewhere/" + file, toPath: target)
                try Self.killExecutor(of: program)
            }
            let scored = try await wait(for: "all files", within: .seconds(200)) {
                let scored = try Self.scoredFiles(in: program)
                return scored.count >= files.count ? scored : nil
            }
            #expect(scored.sorted() == files)
            let runs = ["schedule", "list-runs", "-n", "inbox", "--query", "[].job", "-o", "tsv"]
            let jobs = try program.succeed(runs).split(separator: "\n")
            #expect(Set(jobs).count == jobs.count)
            let all = try program.succeed("job", "list", "--query", "[].name", "-o", "tsv").split(separator: "\n")
            #expect(all == jobs)
            _ = try program.succeed("schedule", "delete", "-n", "inbox", "--yes")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `Nothing new makes no job, and a reset scores all again`() async throws {
        try await Program.with { program in
            try program.makeTexts(files: 3, secondsEach: 0)
            let invoke = ["batch-endpoint", "invoke", "-n", "texts", "--input", "./texts", "--wait"]
            let plain = try program.run(invoke)
            #expect(plain.exitCode == 0, "\(plain.error)")
            let nothing = try program.run(invoke + ["--new-only"])
            #expect(nothing.exitCode == 0, "\(nothing.error)")
            #expect(nothing.output.isEmpty && nothing.error.contains("Nothing new"), "\(nothing.error)")
            try write("new", to: program.folder + "/texts/new.txt")
            let job = try program.succeed(invoke + ["--new-only", "--query", "name", "-o", "tsv"])
            #expect(try program.value("batchstudio.counts.files", of: "job", "show", "-n", job) == "1")
            let note = try program.value("batchstudio.notes[0]", of: "job", "show", "-n", job)
            #expect(note.hasPrefix("1 new of 4 files"))
            let create = ["schedule", "create", "-n", "yearly", "--endpoint", "texts", "--input", "./texts"]
            _ = try program.succeed(create + ["--cron", "0 0 1 1 *", "--new-only"])
            let trigger = ["schedule", "trigger", "-n", "yearly", "--query", "outcome", "-o", "tsv"]
            #expect(try program.succeed(trigger) == "NothingNew")
            let reset = try program.run("schedule", "reset", "-n", "yearly")
            #expect(reset.exitCode == 0 && reset.error.contains("4 files"), "\(reset.error)")
            #expect(try program.succeed(trigger) == "Started")
            let both = try program.run(create + ["--cron", "0 0 1 1 *", "--on-arrival"])
            #expect(both.exitCode == 2, "\(both.error)")
        }
    }

    /// The files of which Completed jobs have rows, one for each row.
    private static func scoredFiles(in program: Program) throws -> [String] {
        let query = "[?status=='Completed'].name"
        let jobs = try program.succeed("job", "list", "--query", query, "-o", "tsv").split(separator: "\n")
        return try jobs.flatMap { job in
            let output = program.workspace + "/blobs/\(job)/score/predictions.csv"
            let rows = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            return rows.compactMap { row in row.split(whereSeparator: { " ,\t".contains($0) }).first.map(String.init) }
        }
    }

    private static func killExecutor(of program: Program) throws {
        let status = try program.run("executor", "status", "--query", "pid", "-o", "tsv")
        if let pid = Int32(status.line) { kill(pid, SIGKILL) }
    }
}
