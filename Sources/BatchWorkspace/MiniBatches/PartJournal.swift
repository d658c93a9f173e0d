import BatchDomain
import GRDB

/// The journal of mini-batches that are parts of files: a file counts once, when all its parts are scored or one of them has failed.
///
/// The rows of a file of which a part has failed are not in the output.
struct PartJournal {
    let job: Int64
    let db: Database

    /// What the parts of a file count for in their job.
    private struct Totals {
        var done = 0
        var failed = 0
        var succeededFiles = 0
        var failedFiles = 0
        var rows = 0
        var bytes = 0
    }

    /// Records a part, and others that it settles, in place of what was recorded of them.
    func add(_ record: MiniBatchRecord) throws {
        guard let part = record.part else { return }
        let before = try totals(of: part.parts)
        for id in [record.id] + part.settled { try remove(id) }
        if record.failedFiles > 0 { try dropRows(of: part.parts) }
        try insert(record, part)
        for id in part.settled { try insert(record.settling(id), part) }
        try Workspace.journal(record.failures, of: job, db)
        try count(try totals(of: part.parts), inPlaceOf: before)
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

    private func insert(_ record: MiniBatchRecord, _ part: MiniBatchRecord.Part) throws {
        var segment: Segment?
        if case .done(let done) = record.outcome { segment = done }
        let isCounted = record.failedFiles > 0 || segment != nil && record.id == part.parts.lowerBound
        try db.execute(
            sql: """
                INSERT INTO miniBatch (job, id, segment, offset, bytes, checksum, rows, tries, files, failedFiles, startedAt,
                    seconds, pid, columnVariant, firstPart, parts, rowTypes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                job, record.id, segment?.file, segment?.offset, segment?.bytes, segment?.checksum, segment?.rows,
                record.attempts, isCounted ? 1 : 0, record.failedFiles > 0 ? 1 : 0, record.startedAt, record.seconds,
                record.pid, record.columnVariant, part.parts.lowerBound, part.parts.count,
                record.id == part.parts.lowerBound || segment?.rows ?? 0 > 0 ? part.types : nil,
            ]
        )
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

    private func count(_ now: Totals, inPlaceOf before: Totals) throws {
        try db.execute(
            sql: """
                UPDATE job SET doneMiniBatches = doneMiniBatches + ?, failedMiniBatches = failedMiniBatches + ?,
                    succeededFiles = succeededFiles + ?, failedFiles = failedFiles + ?, rows = rows + ?, bytes = bytes + ?
                WHERE sequence = ?
                """,
            arguments: [
                now.done - before.done, now.failed - before.failed, now.succeededFiles - before.succeededFiles,
                now.failedFiles - before.failedFiles, now.rows - before.rows, now.bytes - before.bytes, job,
            ]
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
