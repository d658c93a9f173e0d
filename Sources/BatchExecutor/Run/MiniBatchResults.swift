import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation

/// The results of a job that is scored: their records, columns and counts, up to the journal.
struct MiniBatchResults {
    private let job: Job
    private let manifest: InputManifest
    private var plan: MiniBatchPlan { manifest.plan }
    private let workspace: Workspace
    private let logs: JobLogs
    private let journal: Journal

    private var columns: ColumnAgreement
    private var parted: PartedFiles
    private var counts: ScoringCounts
    /// Segment files that the disk refused: rows in them are lost.
    private var refusedSegments: Set<String> = []

    /// Continues with the results of earlier executors; `onCommit` receives what the journal committed, or why it could not.
    init(
        job: Job,
        prepared: PreparedJob,
        workspace: Workspace,
        logs: JobLogs,
        onCommit: @escaping @Sendable (Result<JobCounts, any Error>) -> Void
    ) {
        self.job = job
        self.workspace = workspace
        self.logs = logs
        manifest = prepared.manifest
        let folder = workspace.folder.job(job.name)
        journal = Journal(workspace: workspace, job: job.name, segments: folder.segments, onCommit: onCommit)
        let rule = ColumnRule(job.specification)
        columns = ColumnAgreement(prepared.columns, rule: rule, in: folder)
        parted = PartedFiles(prepared.manifest.plan, journaled: prepared.parts)
        counts = ScoringCounts(
            journaled: prepared.counts,
            firstFailure: prepared.firstFailure,
            undecidedFailures: rule == .first ? prepared.undecidedFailures : 0,
            threshold: job.specification.settings.errorThreshold
        )
    }

    /// True when all mini-batches are journaled, and none is to be scored again for its columns.
    var isComplete: Bool { columns.differing.isEmpty && counts.journaled.finishedMiniBatches >= plan.count }

    /// The counts of the journal.
    var journaledCounts: JobCounts { counts.journaled }

    /// Checks the failed files against the error threshold; `last` is the most recent of them.
    func checkThreshold(last: FileFailure? = nil) throws { try counts.checkThreshold(last: last) }

    /// Checks the counts once all is scored.
    ///
    /// - Throws: ``JobFailure`` when no file was scored.
    func checkOutcome() throws {
        logs.overview("All \(counts.journaled.miniBatches ?? 0) mini batches have been processed.")
        logs.overview("\(JobSummary(counts.journaled, threshold: job.specification.settings.errorThreshold))")
        try counts.checkSuccess()
    }

    /// The record of a scored mini-batch; nil when it must be scored again.
    ///
    /// - Throws: ``JobFailure`` for columns that the output can't have; the error of the disk when they can't be kept.
    mutating func record(of scored: ScoredMiniBatch, from origin: ResultOrigin) throws -> MiniBatchRecord? {
        let done = scored.done
        let files = plan.range(of: done.id).count
        let killers = scored.killers
        let failedFiles = min(files, max(done.failedCount, done.failed.count) + killers.count)
        if let error = done.bisected {
            logs.exception(
                "Mini-batch \(done.id): \(error.type): \(error.message). It was split up; \(failedFiles) of \(files) files failed.",
                traceback: error.traceback,
                worker: nil
            )
        }
        for warning in done.warnings ?? [] { logs.warning("Mini-batch \(done.id): \(warning)") }
        if refusedSegments.contains(origin.segment) { return nil }
        var variant: Int?
        if columns.isNeeded, done.rows > 0, let names = done.columns {
            variant = try columns.keep(names, of: done.id)
            if variant == nil { return nil }
        }
        let segment = Segment(
            file: origin.segment,
            offset: done.offset,
            bytes: done.bytes,
            checksum: done.crc,
            rows: done.rows,
            profileBytes: done.profileBytes ?? 0
        )
        // As when it had not been split: a mini-batch of which nothing is left has failed.
        let isFailed = (done.bisected != nil || !killers.isEmpty) && failedFiles == files
        return MiniBatchRecord(
            id: done.id,
            outcome: isFailed ? .failed : .done(segment),
            attempts: scored.attempt,
            files: files,
            startedAt: workspace.now().addingTimeInterval(-scored.seconds),
            seconds: scored.seconds,
            pid: origin.pid,
            failedFiles: failedFiles,
            failures: done.failures(attempt: scored.attempt).naming(scored.truncated) + killers,
            columnVariant: isFailed ? nil : variant
        )
    }

    /// Journals a finished mini-batch; returns the output's columns when it fixes them.
    mutating func add(_ record: MiniBatchRecord, rows: Int, worker: Int) -> [String]? {
        for failure in record.failures { logs.failure(failure) }
        logs.miniBatch(record, rows: rows, worker: worker)
        journal.add(record)
        if parted.add(record) { counts.add(record, isUndecided: columns.isUndecided(record)) }
        guard columns.finish(record) else { return nil }
        counts.decide()
        return columns.names
    }

    // MARK: Files that are split

    /// Returns whether a mini-batch needs nothing more because of other parts of its file.
    func isSettled(_ id: Int) -> Bool { parted.isSettled(id) }

    /// The record of a mini-batch with what it means for other parts of its file.
    func counted(_ record: MiniBatchRecord) -> MiniBatchRecord {
        guard parted.leavesItsFileWithoutRows(record) else { return parted.counted(record) }
        // As when it had not been split.
        var failed = record
        let file = manifest.files(of: record.id).first ?? ""
        let error = WorkerMessage.ScriptError.noRow
        failed.failures = [FileFailure(file: file, miniBatch: record.id, error, attempt: record.attempts)]
        failed.failedFiles = 1
        return parted.counted(failed)
    }

    /// The parts of a file when the rows of one have other types than those of another.
    mutating func differingParts(_ done: WorkerMessage.Done) -> Range<Int>? {
        parted.differ(done.rowTypes, in: done.id) ? plan.parts(of: done.id) : nil
    }

    /// Has a file scored whole by the mini-batch of its first part: takes its parts out of the journal.
    mutating func scoreWhole(_ parts: Range<Int>) async throws {
        await journal.flush()
        journal.withdraw(Set(parts))
        do {
            try await workspace.scoreWhole(parts, of: job.name)
            try await restartCounts()
        } catch let error as StudioError {
            throw error
        } catch {
            throw PauseReason("A file can't be scored whole: \(error). The job resumes when it can.")
        }
        parted.scoreWhole(parts)
        for id in parts { columns.reopen(id) }
    }

    private mutating func restartCounts() async throws {
        let failed = try await workspace.journaledParts(of: job.name).failed
        counts.restart(
            from: try await workspace.job(job.name).counts,
            waiting: journal.waitingFailures(besides: Set(failed.keys)),
            commits: journal.commits
        )
    }

    // MARK: The journal

    /// Takes the result of a commit.
    mutating func committed(_ result: Result<JobCounts, any Error>) {
        counts.committed(try? result.get())
    }

    /// Writes what waits without a wait for more: nothing is left to be scored.
    func hurry() { journal.hurry() }

    /// Retries what could not be journaled.
    func retry() { journal.retry() }

    /// Waits until all results are journaled, or can't be.
    func flush() async { await journal.flush() }

    /// Takes back mini-batches whose rows the disk refused to keep; returns those that must be scored again for that.
    ///
    /// A file that a disk refused once is not trusted later: no more rows in it are accepted.
    mutating func remove(_ lost: LostRows) -> [Int] {
        refusedSegments.formUnion(lost.files)
        // One with other columns than the output is scored again for that already.
        let records = lost.miniBatches.filter { !columns.isDiffering($0) }
        for record in records {
            counts.remove(record, isUndecided: columns.isUndecided(record))
            columns.reopen(record.id)
        }
        return records.map(\.id)
    }

    /// Takes the mini-batches that have other columns than the output out of the journal; returns them, to be scored again.
    mutating func removeDiffering() async throws -> [Int] {
        let differing = columns.differing
        if differing.isEmpty { return [] }
        // What is on its way into the journal arrives there, or is taken back.
        await journal.flush()
        journal.withdraw(differing)
        do {
            try await workspace.discardMiniBatches(differing.sorted(), of: job.name)
            try await restartCounts()
        } catch let error as StudioError {
            throw error
        } catch {
            throw PauseReason(
                "Mini-batches with other columns can't be scored again: \(error). The job resumes when they can."
            )
        }
        columns.reopenDiffering()
        logs.info(
            "\(differing.count) mini-batches have other columns than the first rows, the first of them mini-batch "
                + "\(differing.min() ?? 0). They are scored again; files that keep their columns fail."
        )
        return differing.sorted()
    }
}
