import BatchDomain
import BatchWorkspace
import Foundation
import TestSupport
import Testing

/// Many failed files, mostly for few reasons.
struct FailureTextTests {
    private static let frames = String(repeating: "  File \"score.py\", line 7\n", count: 40)

    private static func failure(_ number: Int, _ message: String? = nil) -> FileFailure {
        let file = "folder/\(number).csv"
        let message = message ?? "[Errno 2] No such file or directory: '/data/\(file)'"
        return FileFailure(
            file: file,
            miniBatch: number,
            type: "FileNotFoundError",
            message: message,
            traceback: "Traceback (most recent call last):\n" + frames + "FileNotFoundError: \(message)",
            attempt: 3
        )
    }

    private static func record(_ failure: FileFailure) -> MiniBatchRecord {
        MiniBatchRecord(
            id: failure.miniBatch,
            outcome: .failed,
            attempts: 3,
            files: 1,
            startedAt: Date(timeIntervalSince1970: 0),
            seconds: 1,
            pid: 1,
            failures: [failure]
        )
    }

    @Test func `Failures are read as they were reported`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            let failures = [
                Self.failure(0), Self.failure(1), Self.failure(2, ""), Self.failure(3, "folder/3.csv folder/3.csv"),
                Self.failure(4, "marks \u{E000} and \u{E001}"), Self.failure(5, "Traceback"),
            ]
            _ = try await bench.workspace.journal(failures.map(Self.record), of: job.name)
            #expect(try await bench.workspace.failures(of: job.name) == failures)
            let reported = try await bench.workspace.reduceFailures(of: job.name, into: [String]()) {
                $0.append($1.message)
            }
            #expect(reported == failures.map(\.message))
            let miniBatches = try await bench.workspace.reduceMiniBatches(of: job.name, into: [String?]()) {
                $0.append($1.errorMessage)
            }
            #expect(miniBatches == failures.map(\.message))
        }
    }

    @Test func `A failed file takes at most 300 bytes of the database`() async throws {
        try await WorkspaceBench.with { bench in
            try await bench.deploy()
            let job = try await bench.invoke()
            let count = 20_000
            let size = { try Self.size(of: bench.workspace.folder.database) }
            let before = try size()
            for start in stride(from: 0, to: count, by: 1000) {
                let records = (start..<(start + 1000)).map { number in
                    // Half of them say nothing that another file says.
                    let own = "value \(number) in row \(number * 7) is bad"
                    return Self.record(Self.failure(number, number % 2 == 0 ? nil : own))
                }
                _ = try await bench.workspace.journal(records, of: job.name)
            }
            #expect(try size() - before < count * 300)
        }
    }

    /// Bytes of the database with what is still in its log.
    private static func size(of database: String) throws -> Int {
        let script = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            print(c.execute("PRAGMA page_count").fetchone()[0] * c.execute("PRAGMA page_size").fetchone()[0])
            """
        let printed = String(decoding: try runPython(script, [database]), as: UTF8.self)
        return Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }
}
