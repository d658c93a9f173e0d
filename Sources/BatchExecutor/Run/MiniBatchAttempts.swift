import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Logging

/// The mini-batches of a job that is scored: which worker has which, and what their attempts come to.
///
/// ``JobScoring`` passes on what workers report and sends them what this orders; here a worker is only a number.
struct MiniBatchAttempts {
    private let job: Job
    private let manifest: InputManifest
    private let workspace: Workspace
    private let logs: JobLogs
    private let logger: Logger

    private var scheduler: MiniBatchScheduler
    private var partial = PartialResults()
    /// Where the files are fetched; nil where they are on this machine.
    private var window: InputWindow?
    /// The files that are split and scored whole, by their first parts.
    private var wholeFiles: Set<Int>
    /// Workers that score a part of a file which is to be scored whole, by the part.
    private var outdated: [Int: Int] = [:]
    /// The errors of mini-batches that are attempted again.
    private var lastErrors: [Int: String] = [:]

    /// - Parameters:
    ///   - job: The job.
    ///   - prepared: Its input, and what earlier executors finished.
    ///   - workspace: The workspace of the job.
    ///   - workers: Maximum number of its workers.
    ///   - logs: Its logs.
    ///   - logger: The executor's log.
    init(job: Job, prepared: PreparedJob, workspace: Workspace, workers: Int, logs: JobLogs, logger: Logger) {
        self.job = job
        self.workspace = workspace
        self.logs = logs
        self.logger = logger
        manifest = prepared.manifest
        scheduler = MiniBatchScheduler(
            count: manifest.plan.count,
            finished: prepared.finished,
            maxAttempts: job.specification.settings.attempts
        )
        window = prepared.fetcher.map { InputWindow($0, plan: prepared.manifest.plan, workers: workers) }
        scheduler.available = window?.ready
        wholeFiles = prepared.parts.wholeFiles
        for first in wholeFiles { scheduler.skip(manifest.plan.parts(of: first)?.dropFirst() ?? first..<first) }
    }

    // MARK: Progress

    /// True when every mini-batch has been scored or has failed permanently.
    var isDone: Bool { scheduler.isDone }

    /// Mini-batches that no worker scores.
    var unassigned: Int { scheduler.unassigned }

    /// The mini-batch that a worker scores now.
    func current(of worker: Int) -> Int? { scheduler.current(of: worker)?.id }

    /// The work of a worker at a time, as it is shown.
    func work(of worker: Int, at now: SuspendingClock.Instant) -> WorkerPool.Work? {
        guard let assignment = scheduler.current(of: worker), let beginning = scheduler.beginning(of: worker) else {
            return nil
        }
        let id = assignment.id
        let seconds = Double(beginning.duration(to: now) / .milliseconds(1)) / 1000
        let part = manifest.plan.parts(of: id).flatMap { parts in
            wholeFiles.contains(parts.lowerBound) ? nil : (id - parts.lowerBound + 1, parts.count)
        }
        // A model without a script has a row of output for each row of a part, and the parts' rows are counted.
        let isCounted = part != nil && job.specification.scoring == .generated
        return WorkerPool.Work(
            miniBatch: id,
            seconds: seconds,
            file: manifest.firstFile(of: id),
            part: part,
            attempt: assignment.attempt,
            lastError: lastErrors[id],
            plannedRows: isCounted ? manifest.inputFiles(of: id).first?.part?.records?.rows : nil
        )
    }

    /// Takes note of what a worker has done of its mini-batch.
    ///
    /// A large file of a model without a script is scored block by block: its deadline restarts with each. Azure's limit holds for `run()`
    /// of a script, whatever it writes.
    mutating func progressed(_ worker: Int, _ heartbeat: WorkerMessage.Heartbeat, at now: SuspendingClock.Instant) {
        guard job.specification.scoring == .generated, let id = heartbeat.id, let rows = heartbeat.rows else { return }
        scheduler.progressed(worker, with: id, rows: rows, at: now)
    }

    /// Workers whose mini-batch takes longer than allowed.
    func overdue(after timeout: Duration, at now: SuspendingClock.Instant) -> [Int] {
        scheduler.overdue(after: timeout, at: now)
    }

    // MARK: Orders

    /// Takes a worker that is ready.
    mutating func add(worker: Int, at now: SuspendingClock.Instant) {
        scheduler.add(worker: worker, at: now)
    }

    /// Assigns further mini-batches to a worker, and returns the messages for it.
    mutating func orders(for worker: Int, at now: SuspendingClock.Instant) -> [ExecutorMessage] {
        let orders = scheduler.assign(to: worker, at: now).map(order)
        prefetch()
        return orders
    }

    /// The last attempt of a mini-batch is made in parts, so that its good files keep their rows.
    private func order(_ assignment: MiniBatchScheduler.Assignment) -> ExecutorMessage {
        let bytes = manifest.bytes(of: assignment.id)
        if wholeFiles.contains(assignment.id) { return .runWhole(id: assignment.id, bytes: bytes) }
        let files = manifest.plan.range(of: assignment.id).count
        let settings = job.specification.settings
        guard settings.bisectFailedMiniBatches, files > 1, assignment.attempt >= settings.attempts else {
            return .run(id: assignment.id, bytes: bytes)
        }
        return .runInParts(id: assignment.id, bytes: bytes, parts: partial.parts(of: assignment.id) ?? [0..<files])
    }

    /// Has a finished mini-batch scored again, without charging an attempt.
    mutating func reopen(_ id: Int) {
        scheduler.reopen(id)
    }

    /// Leaves out mini-batches that need nothing more because of other parts of their file.
    mutating func skip(_ ids: [Int]) {
        scheduler.skip(ids)
    }

    /// Returns whether a file that is split is scored whole.
    func isWhole(_ first: Int) -> Bool { wholeFiles.contains(first) }

    /// Has a file that is split scored whole, by the mini-batch of its first part.
    mutating func scoreWhole(_ parts: Range<Int>) {
        guard let first = parts.first, wholeFiles.insert(first).inserted else { return }
        scheduler.skip(parts.dropFirst())
        outdated[first] = scheduler.restart(first)
    }

    /// Lets go of a mini-batch that is finished.
    mutating func finish(_ id: Int) {
        window?.release(id)
        scheduler.available = window?.ready
    }

    // MARK: Fetched files

    /// Has the files of the next mini-batches fetched.
    mutating func prefetch() {
        guard let width = window?.width else { return }
        window?.ask(for: scheduler.upcoming(width))
    }

    /// Returns whether the files of a mini-batch are on this machine.
    func isFetched(_ id: Int) -> Bool { window?.ready.contains(id) ?? true }

    /// The first mini-batch to be scored; `after` those whose files can't be fetched.
    func next(after id: Int? = nil) -> Int? {
        guard let id else { return scheduler.upcoming(1).first }
        guard let window else { return nil }
        return scheduler.upcoming(window.width).first { $0 > id }
    }

    /// Allows to score a mini-batch whose files have arrived.
    mutating func fetched(_ id: Int) {
        window?.arrived(id)
        scheduler.available = window?.ready
    }

    /// Starts another process that fetches files after one died.
    mutating func restartFetcher(after reason: String) throws {
        try window?.startAgain(after: reason)
    }

    // MARK: Reports of workers

    /// Keeps failed files that a worker reports before it has finished their mini-batch.
    mutating func add(_ failed: [WorkerMessage.FailedFile], of id: Int, on worker: Int) {
        partial.add(failed, of: id, on: worker)
    }

    /// Notes that a worker begins a part of its mini-batch.
    mutating func begin(_ part: Range<Int>, of id: Int, on worker: Int, at now: SuspendingClock.Instant) {
        // What a script's process says need not be true, and files are looked up by it.
        guard current(of: worker) == id, part.upperBound <= manifest.plan.range(of: id).count else { return }
        partial.begin(part, of: id, on: worker)
        scheduler.beginPart(of: id, on: worker, at: now)
    }

    /// Takes a mini-batch back without charging an attempt.
    mutating func putBack(_ id: Int, from worker: Int, at now: SuspendingClock.Instant) {
        scheduler.putBack(id, from: worker, at: now)
        if outdated[id] == worker { outdated[id] = nil }
    }

    /// Takes back all mini-batches of a worker without charging an attempt.
    mutating func release(_ worker: Int) {
        scheduler.release(worker: worker)
    }

    /// Takes a scored mini-batch off its worker; nil when the worker did not have it.
    mutating func complete(
        _ done: WorkerMessage.Done,
        on worker: Int,
        at now: SuspendingClock.Instant
    ) -> ScoredMiniBatch? {
        var done = done
        partial.complete(&done, on: worker)
        let work = done.seconds.map { $0.values.reduce(0, +) }
        guard let finished = scheduler.complete(done.id, on: worker, work: work, at: now) else { return nil }
        if outdated[done.id] == worker {
            outdated[done.id] = nil
            scheduler.reopen(done.id)
            return nil
        }
        let attempt = finished.assignment.attempt
        lastErrors[done.id] = nil
        defer { partial.finish(done.id) }
        return ScoredMiniBatch(
            done: done,
            attempt: attempt,
            seconds: finished.seconds,
            truncated: partial.truncatedFiles(of: done.id),
            killers: killers(of: done.id, attempt: attempt)
        )
    }

    /// Handles a failed attempt: returns the record of a mini-batch that has exhausted its attempts.
    mutating func attemptFailed(
        _ id: Int,
        on origin: ResultOrigin,
        _ error: WorkerMessage.ScriptError,
        at now: SuspendingClock.Instant
    ) -> MiniBatchRecord? {
        partial.attemptFailed(on: origin.worker)
        if outdated[id] == origin.worker {
            putBack(id, from: origin.worker, at: now)
            return nil
        }
        guard let failed = scheduler.fail(id, on: origin.worker, at: now) else { return nil }
        return conclude(id, failed.verdict, error, seconds: failed.seconds, on: origin)
    }

    /// Takes back all mini-batches of a worker that has ended.
    ///
    /// - Parameters:
    ///   - origin: The worker.
    ///   - isCharged: Whether the mini-batch that it scored is charged an attempt.
    ///   - error: The error of that mini-batch.
    ///   - now: The time.
    /// - Returns: The record of the mini-batch when it has exhausted its attempts.
    mutating func workerEnded(
        _ origin: ResultOrigin,
        isCharged: Bool,
        _ error: WorkerMessage.ScriptError,
        at now: SuspendingClock.Instant
    ) -> MiniBatchRecord? {
        let part = partial.workerEnded(origin.worker)
        let isWanted = current(of: origin.worker).map { outdated[$0] != origin.worker } ?? true
        outdated = outdated.filter { $0.value != origin.worker }
        if !isCharged || !isWanted { scheduler.release(worker: origin.worker) }
        guard let failed = scheduler.remove(worker: origin.worker, at: now) else { return nil }
        if case .exhausted = failed.verdict,
            bisect(failed.id, over: part?.id == failed.id ? part?.part : nil, error)
        {
            return nil
        }
        return conclude(failed.id, failed.verdict, error, seconds: failed.seconds, on: origin)
    }

    /// Takes back the mini-batch of a worker that SIGBUS ended over files that were cut short, without charging an attempt.
    ///
    /// Its next worker finds these files changed, and scores the others. Each file counts once, so that a worker that dies for another
    /// reason is charged in the end.
    mutating func releaseForTruncatedFiles(_ worker: Int) {
        guard let id = current(of: worker) else { return }
        let known = partial.truncatedFiles(of: id)
        let found = manifest.truncatedFiles(of: id, below: job.specification.input.root).filter { !known.contains($0) }
        if found.isEmpty { return }
        partial.add(truncated: found, of: id)
        let error = WorkerMessage.ScriptError.truncatedFile
        logs.warning(
            "Mini-batch \(id): \(error.message): \(found.joined(separator: ", ")). "
                + "Its other files are scored again; no attempt is charged."
        )
        scheduler.release(worker: worker)
    }

    /// Has a mini-batch scored again without what its worker died over; false when it fails permanently.
    private mutating func bisect(_ id: Int, over part: Range<Int>?, _ error: WorkerMessage.ScriptError) -> Bool {
        let settings = job.specification.settings
        let files = manifest.plan.range(of: id).count
        guard settings.bisectFailedMiniBatches, files > 1 else { return false }
        guard partial.split(id, files: files, attempts: settings.attempts, over: part, error) else { return false }
        logs.warning(
            "Mini-batch \(id): \(error.type): \(error.message). It is split up to find the files that are to blame."
        )
        lastErrors[id] = "\(error.type): \(error.message)"
        scheduler.reopenInParts(id)
        return true
    }

    /// The files of a mini-batch over which workers died.
    private func killers(of id: Int, attempt: Int) -> [FileFailure] {
        let fatal = partial.fatalFiles(of: id)
        if fatal.isEmpty { return [] }
        let files = manifest.files(of: id)
        return fatal.sorted { $0.key < $1.key }.map { index, error in
            FileFailure(file: files[index], miniBatch: id, error, attempt: attempt)
        }
    }

    /// Handles a failed attempt: queues the mini-batch again, or returns the record of its failure.
    private mutating func conclude(
        _ id: Int,
        _ verdict: MiniBatchScheduler.Verdict,
        _ error: WorkerMessage.ScriptError,
        seconds: Double,
        on origin: ResultOrigin
    ) -> MiniBatchRecord? {
        let text = "Mini-batch \(id): \(error.type): \(error.message)."
        guard case .exhausted(let attempts) = verdict else {
            lastErrors[id] = "\(error.type): \(error.message)"
            // At this level, because there may be as many as mini-batches.
            logger.debug("Mini-batch \(id) failed and is scored again: \(error.type): \(error.message)")
            logs.exception("\(text) It is retried.", traceback: error.traceback, worker: origin.worker)
            return nil
        }
        lastErrors[id] = nil
        logs.exception("\(text) All \(attempts) attempts failed.", traceback: error.traceback, worker: origin.worker)
        let files = manifest.files(of: id)
        let fatal = partial.fatalFiles(of: id)
        let truncated = partial.truncatedFiles(of: id)
        partial.finish(id)
        return MiniBatchRecord(
            id: id,
            outcome: .failed,
            attempts: attempts,
            files: files.count,
            startedAt: workspace.now().addingTimeInterval(-seconds),
            seconds: seconds,
            pid: origin.pid,
            failures: files.enumerated().map { index, file in
                let reason = truncated.contains(file) ? .truncatedFile : fatal[index] ?? error
                return FileFailure(file: file, miniBatch: id, reason, attempt: attempts)
            }
        )
    }
}
