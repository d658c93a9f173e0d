import BatchDomain
import GRDB

/// The journal of mini-batches that are parts of files: a file counts once, when all its parts are scored or one of them has failed.
///
/// The rows of a file of which a part has failed are not in the output.
struct PartJournal {
    let journal: MiniBatchJournal

    private typealias Totals = MiniBatchJournal.Totals

    private var job: Int64 { journal.job }
    private var db: Database { journal.db }

    /// Records a part, and others that it settles, in place of what was recorded of them.
    func add(_ record: MiniBatchRecord) throws {
        guard let part = record.part else { return }
        let before = try totals(of: part.parts)
        for id in [record.id] + part.settled { try remove(id) }
        if record.failedFiles > 0 { try dropRows(of: part.parts) }
        try insert(record, part)
        for id in part.settled { try insert(record.settling(id), part) }
        try journal.add(record.failures)
        try journal.count(try totals(of: part.parts), inPlaceOf: before)
    }

    private func remove(_ id: Int) throws {
        try db.execute(sql: "DELETE FROM miniBatch WHERE job = ? AND id = ?", arguments: [job, id])
        try db.execute(sql: "DELETE FROM fileFailure WHERE job = ? AND miniBatch = ?", arguments: [job, id])
    }

    private func dropRows(of parts: Range<Int>) throws {
        try db.execute(
            sql: """
                UPDATE miniBatch SET segment = NULL, offset = NULL, bytes = NULL, checksum = NULL, rows = NULL,
                    columnVariant = NULL, files = 0, failedFiles = 0
                WHERE job = ? AND id BETWEEN ? AND ?
                """,
            arguments: [job, parts.lowerBound, parts.upperBound - 1]
        )
    }

    /// Adds the row of a part: its file counts with the first part, or with the one that failed.
    private func insert(_ record: MiniBatchRecord, _ part: MiniBatchRecord.Part) throws {
        var rows = 0
        var isDone = false
        if case .done(let segment) = record.outcome { (isDone, rows) = (true, segment.rows) }
        let isFirst = record.id == part.parts.lowerBound
        let hasFailed = record.failedFiles > 0
        var row = record
        row.files = hasFailed || isDone && isFirst ? 1 : 0
        row.failedFiles = hasFailed ? 1 : 0
        if !isFirst, rows == 0 { row.part?.types = nil }
        try journal.insert(row)
    }

    private func totals(of parts: Range<Int>) throws -> Totals {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(segment), count(*), coalesce(sum(failedFiles), 0), coalesce(sum(rows), 0), coalesce(sum(bytes), 0)
                FROM miniBatch WHERE job = ? AND id BETWEEN ? AND ?
                """,
            arguments: [job, parts.lowerBound, parts.upperBound - 1]
        )
        guard let row else { return Totals() }
        let (done, all): (Int, Int) = (row[0], row[1])
        return Totals(
            done: done,
            failed: all - done,
            succeededFiles: done == parts.count ? 1 : 0,
            failedFiles: row[2],
            rows: row[3],
            bytes: row[4]
        )
    }
}

extension MiniBatchRecord {
    /// The record of another part that needs nothing more after this one.
    fileprivate func settling(_ id: Int) -> MiniBatchRecord {
        var settled = self
        settled.id = id
        (settled.failedFiles, settled.failures, settled.seconds) = (0, [], 0)
        if case .done(var segment) = outcome {
            (segment.bytes, segment.checksum, segment.rows) = (0, 0, 0)
            settled.outcome = .done(segment)
        }
        return settled
    }
}

// MARK: What an executor asks

/// What is known of the files of a job that are split.
package struct JournaledParts: Equatable, Sendable {
    /// The failed part of a file, by the file's first part.
    package var failed: [Int: Int] = [:]
    /// The files that are scored whole, by their first parts.
    package var wholeFiles: Set<Int> = []
    /// The types of the rows of a file's parts, by the file's first part.
    package var rowTypes: [Int: String] = [:]
    /// The parts without rows of a file, by the file's first part.
    package var withoutRows: [Int: Set<Int>] = [:]

    package init() {}
}

extension Workspace {
    /// What the journal of a job knows of the files that are split.
    package func journaledParts(of name: String) async throws -> JournaledParts {
        try await database.read { db in
            var parts = JournaledParts()
            guard let job = try Self.jobRecord(name, db).sequence else { return parts }
            let rows = try Row.fetchAll(
                db,
                sql:
                    "SELECT firstPart, id, failedFiles, rowTypes, rows FROM miniBatch WHERE job = ? AND firstPart IS NOT NULL",
                arguments: [job]
            )
            for row in rows {
                let (first, failedFiles): (Int, Int) = (row[0], row[2])
                if failedFiles > 0 { parts.failed[first] = row[1] }
                if let types: String = row[3] { parts.rowTypes[first] = types }
                if let count: Int = row[4], count == 0 { parts.withoutRows[first, default: []].insert(row[1]) }
            }
            parts.wholeFiles = try Set(
                Int.fetchAll(db, sql: "SELECT firstPart FROM wholeFile WHERE job = ?", arguments: [job])
            )
            return parts
        }
    }

    /// Has a file that is split scored whole: takes its parts out of the journal.
    package func scoreWhole(_ parts: Range<Int>, of name: String) async throws {
        try await database.write { db in
            guard let job = try Self.jobRecord(name, db).sequence else { return }
            try Self.discardMiniBatches(Array(parts), of: job, db)
            try db.execute(
                sql: "INSERT OR IGNORE INTO wholeFile (job, firstPart) VALUES (?, ?)",
                arguments: [job, parts.lowerBound]
            )
        }
    }
}
