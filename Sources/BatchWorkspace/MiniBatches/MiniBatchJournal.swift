import BatchDomain
import GRDB

/// The journal of a job's mini-batches: their results, the reasons of failed files, and the job's counts.
struct MiniBatchJournal {
    let job: Int64
    let db: Database

    /// Records a mini-batch.
    func add(_ record: MiniBatchRecord) throws {
        if record.part != nil { return try PartJournal(journal: self).add(record) }
        try insert(record)
        try add(record.failures)
        let segment = record.segment
        try count(
            Totals(
                done: segment == nil ? 0 : 1,
                failed: segment == nil ? 1 : 0,
                succeededFiles: record.files - record.failedFiles,
                failedFiles: record.failedFiles,
                rows: segment?.rows ?? 0,
                bytes: segment?.bytes ?? 0
            )
        )
    }

    /// Adds the row of a mini-batch, without what it means for the counts.
    func insert(_ record: MiniBatchRecord) throws {
        let segment = record.segment
        let part = record.part
        try db.cachedStatement(
            sql: """
                INSERT INTO miniBatch (job, id, segment, offset, bytes, checksum, rows, tries, files, failedFiles, startedAt,
                    seconds, pid, columnVariant, firstPart, parts, rowTypes, profileBytes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            job, record.id, segment?.file, segment?.offset, segment?.bytes, segment?.checksum, segment?.rows,
            record.attempts, record.files, record.failedFiles, record.startedAt, record.seconds, record.pid,
            record.columnVariant, part?.parts.lowerBound, part?.parts.count, part?.types,
            segment?.profileBytes,
        ])
    }

    /// Adds the reasons of failed files.
    func add(_ failures: [FileFailure]) throws {
        for failure in failures {
            let text = FailureText(message: failure.message, traceback: failure.traceback, file: failure.file)
            try db.cachedStatement(
                sql: """
                    INSERT INTO fileFailure (job, miniBatch, file, type, message, traceback, isTemplate, attempt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                job, failure.miniBatch, failure.file, failure.type, try FailureText.id(of: text.message, in: job, db),
                try text.traceback.flatMap { try FailureText.id(of: $0, in: job, db) }, text.isTemplate,
                failure.attempt,
            ])
        }
    }

    /// What mini-batches count for in their job.
    struct Totals {
        var done = 0
        var failed = 0
        var succeededFiles = 0
        var failedFiles = 0
        var rows = 0
        var bytes = 0
    }

    /// Adds to the counts of the job, in place of what was added before.
    func count(_ now: Totals, inPlaceOf before: Totals = Totals()) throws {
        try db.cachedStatement(
            sql: """
                UPDATE job SET doneMiniBatches = doneMiniBatches + ?, failedMiniBatches = failedMiniBatches + ?,
                    succeededFiles = succeededFiles + ?, failedFiles = failedFiles + ?, rows = rows + ?, bytes = bytes + ?
                WHERE sequence = ?
                """
        ).execute(arguments: [
            now.done - before.done, now.failed - before.failed, now.succeededFiles - before.succeededFiles,
            now.failedFiles - before.failedFiles, now.rows - before.rows, now.bytes - before.bytes, job,
        ])
    }
}

extension MiniBatchRecord {
    /// Its rows; nil when all attempts failed.
    fileprivate var segment: Segment? { if case .done(let segment) = outcome { segment } else { nil } }
}
