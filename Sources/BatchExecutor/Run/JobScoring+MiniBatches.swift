import BatchDomain
import BatchWorkers
import BatchWorkspace
import Logging
import Foundation

/// Mini-batches: handed out, done, tried again, split up or given up.
extension JobScoring {
    mutating func assign(to number: Int) {
        guard !pause.isOn, preflight.isDone else { return }
        for assignment in scheduler.assign(to: number, at: clock.now) {
            pool[number]?.send(order(assignment))
        }
        askAhead()
    }

    /// The last try of a mini-batch is made in parts, so that its good files keep their rows.
    func order(_ assignment: MiniBatchScheduler.Assignment) -> ExecutorMessage {
        let bytes = prepared.manifest.bytes(of: assignment.id)
        let files = prepared.manifest.plan.range(of: assignment.id).count
        let settings = job.specification.settings
        guard settings.bisectFailedMiniBatches, files > 1, assignment.attempt >= settings.attempts else {
            return .run(id: assignment.id, bytes: bytes)
        }
        return .runInParts(id: assignment.id, bytes: bytes, parts: partial.parts(of: assignment.id) ?? [0..<files])
    }

    /// Has a mini-batch scored again without what its worker died over; false when it is given up for good.
    mutating func bisect(_ id: Int, over part: Range<Int>?, _ error: WorkerMessage.ScriptError) -> Bool {
        let settings = job.specification.settings
        let files = prepared.manifest.plan.range(of: id).count
        guard settings.bisectFailedMiniBatches, files > 1 else { return false }
        guard partial.split(id, files: files, attempts: settings.attempts, over: part, error) else { return false }
        logs.warning(
            "Mini-batch \(id): \(error.type): \(error.message). It is split up to find the files that are to blame."
        )
        scheduler.reopenInParts(id)
        return true
    }

    mutating func complete(_ done: WorkerMessage.Done, on number: Int) async throws {
        let work = done.seconds.map { $0.values.reduce(0, +) }
        guard let finished = scheduler.complete(done.id, on: number, work: work, at: clock.now) else { return }
        assign(to: number)
        let files = prepared.manifest.plan.range(of: done.id).count
        let killers = killers(of: done.id, attempt: finished.assignment.attempt)
        let truncated = partial.truncatedFiles(of: done.id)
        partial.finish(done.id)
        let failedFiles = min(files, max(done.failedCount, done.failed.count) + killers.count)
        if let error = done.bisected {
            logs.exception(
                "Mini-batch \(done.id): \(error.type): \(error.message). It was split up; \(failedFiles) of \(files) files failed.",
                traceback: error.traceback,
                worker: nil
            )
        }
        for warning in done.warnings ?? [] { logs.warning("Mini-batch \(done.id): \(warning)") }
        if abandoned.contains(segmentName(of: number)) { return scheduler.reopen(done.id) }
        hostDeaths = 0
        var variant: Int?
        if columnRule != .free, done.rows > 0, let names = done.columns {
            variant = try await keptVariant(of: names, in: done.id)
            if variant == nil { return }
        }
        let segment = Segment(
            file: segmentName(of: number),
            offset: done.offset,
            bytes: done.bytes,
            checksum: done.crc,
            rows: done.rows
        )
        // As when it had not been split: a mini-batch of which nothing is left has failed.
        let isFailed = (done.bisected != nil || !killers.isEmpty) && failedFiles == files
        try await record(
            MiniBatchRecord(
                id: done.id,
                outcome: isFailed ? .failed : .done(segment),
                attempts: finished.assignment.attempt,
                files: files,
                startedAt: workspace.now().addingTimeInterval(-finished.seconds),
                seconds: finished.seconds,
                pid: pool.pid(of: number),
                failedFiles: failedFiles,
                failures: done.failures(attempt: finished.assignment.attempt).naming(truncated) + killers,
                columnVariant: isFailed ? nil : variant
            ),
            rows: done.rows,
            worker: number
        )
    }

    /// The files of a mini-batch over which workers died.
    func killers(of id: Int, attempt: Int) -> [FileFailure] {
        let fatal = partial.fatalFiles(of: id)
        if fatal.isEmpty { return [] }
        let files = prepared.manifest.files(of: id)
        return fatal.sorted { $0.key < $1.key }.map { index, error in
            FileFailure(
                file: files[index],
                miniBatch: id,
                type: error.type,
                message: error.message,
                traceback: error.traceback,
                attempt: attempt
            )
        }
    }

    mutating func tryFailed(_ id: Int, on number: Int, _ error: WorkerMessage.ScriptError) async throws {
        partial.attemptFailed(on: number)
        guard let failed = scheduler.fail(id, on: number, at: clock.now) else { return }
        try await conclude(id, failed.verdict, error, seconds: failed.seconds, on: number, pid: pool.pid(of: number))
        assign(to: number)
    }

    /// Handles a failed attempt: starts another one, or fails all files of the mini-batch.
    mutating func conclude(
        _ id: Int,
        _ verdict: MiniBatchScheduler.Verdict,
        _ error: WorkerMessage.ScriptError,
        seconds: Double,
        on number: Int,
        pid: Int
    ) async throws {
        let text = "Mini-batch \(id): \(error.type): \(error.message)."
        guard case .exhausted(let attempts) = verdict else {
            // At this level, because there may be as many as mini-batches.
            logger.debug("Mini-batch \(id) failed and is scored again: \(error.type): \(error.message)")
            logs.exception("\(text) It will be tried again.", traceback: error.traceback, worker: number)
            for worker in pool.readyNumbers { assign(to: worker) }
            return
        }
        logs.exception("\(text) All \(attempts) attempts failed.", traceback: error.traceback, worker: number)
        let files = prepared.manifest.files(of: id)
        let fatal = partial.fatalFiles(of: id)
        let truncated = partial.truncatedFiles(of: id)
        partial.finish(id)
        try await record(
            MiniBatchRecord(
                id: id,
                outcome: .failed,
                attempts: attempts,
                files: files.count,
                startedAt: workspace.now().addingTimeInterval(-seconds),
                seconds: seconds,
                pid: pid,
                failures: files.enumerated().map { index, file in
                    let reason = truncated.contains(file) ? .truncatedFile : fatal[index] ?? error
                    return FileFailure(
                        file: file,
                        miniBatch: id,
                        type: reason.type,
                        message: reason.message,
                        traceback: reason.traceback,
                        attempt: attempts
                    )
                }
            ),
            rows: 0,
            worker: number
        )
    }

    mutating func record(_ record: MiniBatchRecord, rows: Int, worker: Int) async throws {
        for failure in record.failures { logs.failure(failure) }
        logs.miniBatch(record, rows: rows, worker: worker)
        firstFailure = firstFailure ?? record.failures.first
        heard.failedFiles += record.failedFiles
        journal.add(record)
        if scheduler.isDone { journal.hurry() }
        window?.release(record.id)
        scheduler.available = window?.ready
        try await finishColumns(of: record)
        try checkThreshold(last: record.failures.last)
    }

    func checkThreshold(last: FileFailure? = nil) throws {
        let threshold = job.specification.settings.errorThreshold
        // Which files fail for their columns is not known before the output's are.
        var certain = heard
        certain.failedFiles -= undecidedFailures
        guard certain.exceeds(errorThreshold: threshold) else { return }
        let reason = last.map {
            " The last, \($0.file.isEmpty ? "mini-batch \($0.miniBatch)" : $0.file): \($0.message)"
        }
        throw JobFailure(
            "The number of failed items is \(heard.failedFiles), which exceeds error threshold \(threshold).\(reason ?? "")"
        )
    }
}
