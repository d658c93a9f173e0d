package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Queues a job that failed or was canceled again: what it has scored stays, what failed is tried again.
    ///
    /// - Parameters:
    ///   - name: The job.
    ///   - variables: The caller's variables of ``JobVariables``; nil leaves the executor's.
    /// - Returns: The job, in the queue.
    /// - Throws: ``StudioError`` when it is unfinished or Completed, when its model is another one now, when its output's
    ///   place is taken, or when rows that it has scored are gone.
    package func resume(_ name: String, variables: [String: String]? = nil) async throws -> Job {
        let now = now()
        let store = SecretStore(self.folder)
        let folder = folder.job(name)
        let job = try await job(name)
        try Self.checkResumable(job)
        try database.checkWritable()
        try await RetryFolder.renew(
            folder,
            keeping: keptMiniBatches(of: name, in: folder),
            input: job.specification.input,
            miniBatchSize: job.specification.settings.miniBatchSize
        )
        return try await database.write { db in
            let record = try Self.jobRecord(name, db)
            try Self.checkResumable(record.job)
            try Self.checkModel(of: record.job, db)
            try Self.checkPlace(of: record.job, in: folder, db.workspaceFolder)
            try Self.checkNoRival(record.specification.output, db)
            guard let sequence = record.sequence else { return record.job }
            let intact = try Self.intactSegments(of: sequence, in: folder, db)
            try Self.forgetFailures(of: sequence, db)
            let lost = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM miniBatch
                    WHERE job = ? AND bytes > 0 AND segment NOT IN (SELECT value FROM json_each(?))
                    """,
                arguments: [sequence, intact]
            )
            if let lost, lost > 0 {
                throw StudioError(
                    .file,
                    "Job \(name) can't be resumed: the rows of \(lost) mini-batches that it has scored are gone from "
                        + "\(folder.segments).",
                    advice: "Score again what is missing with: batchstudio job retry-failed -n \(name)",
                    inStudio: "Retry its failed files: that scores again what is missing."
                )
            }
            // Else what could not be removed would be removed while the job runs again.
            try self.folder.clear(WorkspaceFolder.work(of: name), db)
            try db.execute(
                sql: "UPDATE job SET state = ?, cause = NULL, endedAt = NULL WHERE sequence = ?",
                arguments: [JobState.queued.rawValue, sequence]
            )
            try Self.recordTransition(of: name, to: .queued, at: now, db)
            var secrets = try store.read(.job(name))
            secrets.variables = variables
            try store.write(secrets, of: .job(name))
            return try Self.jobRecord(name, db).job
        }
    }

    private static func checkResumable(_ job: Job) throws {
        switch job.state {
        case .failed, .canceled: return
        case .completed:
            let failed = job.counts.failedFiles
            let command = "batchstudio job retry-failed -n \(job.name)"
            throw StudioError(
                .invalidState,
                "Job \(job.name) is Completed: there is nothing to resume.",
                advice: failed == 0 ? nil : "Score \(Figures.count(failed, "file")) that failed with: \(command)",
                inStudio: failed == 0 ? nil : "Retry its \(Figures.count(failed, "failed file"))."
            )
        default:
            throw StudioError(
                .invalidState,
                "Job \(job.name) is \(job.state.rawValue): only a job that is Failed or Canceled can be resumed."
            )
        }
    }

    /// Files that the script of a `summary_only` job wrote before belong to the job.
    private static func checkPlace(of job: Job, in folder: JobFolder, _ workspace: WorkspaceFolder) throws {
        let output = job.specification.output
        if output.file == nil, FileManager.default.fileExists(atPath: folder.outputClaim) { return }
        try OutputLocation.checkFree(output, in: workspace)
    }

    /// Takes mini-batches out of the journal of a job, so that they are scored again.
    package func discardMiniBatches(_ ids: [Int], of name: String) async throws {
        try await database.write { db in
            guard let job = try Self.jobRecord(name, db).sequence else { return }
            try Self.discardMiniBatches(ids, of: job, db)
        }
    }

    static func discardMiniBatches(_ ids: [Int], of job: Int64, _ db: Database) throws {
        for id in ids {
            try db.execute(sql: "DELETE FROM miniBatch WHERE job = ? AND id = ?", arguments: [job, id])
            try db.execute(sql: "DELETE FROM fileFailure WHERE job = ? AND miniBatch = ?", arguments: [job, id])
        }
        try recount(job, db)
    }

    /// The files of segments that are as long as the journal says, as a JSON list.
    static func intactSegments(of job: Int64, in folder: JobFolder, _ db: Database) throws -> String {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT segment, max(offset + bytes) AS length FROM miniBatch
                WHERE job = ? AND bytes > 0 GROUP BY segment
                """,
            arguments: [job]
        )
        let names = rows.compactMap { row -> String? in
            let (name, length): (String, Int) = (row["segment"], row["length"])
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder.segments + "/" + name)
            return (attributes?[.size] as? NSNumber)?.intValue ?? -1 >= length ? name : nil
        }
        return String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
    }

    private static func forgetFailures(of job: Int64, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM miniBatch WHERE job = ? AND (failedFiles > 0 OR segment IS NULL)",
            arguments: [job]
        )
        try db.execute(sql: "DELETE FROM fileFailure WHERE job = ?", arguments: [job])
        try db.execute(sql: "DELETE FROM failureText WHERE job = ?", arguments: [job])
        try recount(job, db)
    }

    /// Sets the counts of a job, or all jobs that a condition selects, to what their journal holds.
    static let recounting = """
        UPDATE job SET (doneMiniBatches, failedMiniBatches, succeededFiles, failedFiles, rows, bytes) = (
            SELECT count(segment), count(*) - count(segment),
                coalesce(sum(CASE WHEN firstPart IS NULL THEN files - failedFiles ELSE 0 END), 0) + (
                    SELECT count(*) FROM (
                        SELECT 1 FROM miniBatch AS part WHERE part.job = job.sequence AND part.firstPart IS NOT NULL
                        GROUP BY part.firstPart HAVING count(part.segment) = max(part.parts))),
                coalesce(sum(failedFiles), 0), coalesce(sum(rows), 0), coalesce(sum(bytes), 0)
            FROM miniBatch WHERE miniBatch.job = job.sequence)
        """

    /// Sets a job's counts to what its journal holds.
    static func recount(_ job: Int64, _ db: Database) throws {
        try db.execute(sql: recounting + " WHERE sequence = ?", arguments: [job])
    }

    /// How many bytes the rows that an ended job has scored take in its folder, besides its output.
    package func keptBytes(of name: String) -> Int {
        let segments = folder.job(name).segments
        let files = (try? FileManager.default.contentsOfDirectory(atPath: segments)) ?? []
        return files.reduce(0) { sum, file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: segments + "/" + file)
            return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }
}
