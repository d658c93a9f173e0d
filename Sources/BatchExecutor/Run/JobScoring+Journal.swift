import BatchDomain
import BatchWorkers
import BatchWorkspace
import Logging

/// The journal, and what follows when the disk is full or not to be believed.
extension JobScoring {
    mutating func committed(_ result: Result<JobCounts, any Error>) async throws {
        receivedCommits += 1
        switch result {
        case .success(let new):
            if receivedCommits > staleCommits { counts = new }
            pause.madeProgress()
        case .failure(let lost as LostRows):
            try await abandon(lost)
        case .failure(let error as StudioError) where error.code == .notFound:
            throw error
        case .failure(let displaced as WorkspaceDisplaced):
            throw displaced
        case .failure(let error):
            try await pause(for: "Finished mini-batches can't be recorded: \(error). The job resumes when they can.")
        }
    }

    /// A file that a disk refused once is not trusted later: its workers end, and its mini-batches are scored again into new files.
    mutating func abandon(_ lost: LostRows) async throws {
        logger.error(
            "Rows can't be made durable: \(lost.error) They are scored again.",
            metadata: ["miniBatches": "\(lost.miniBatches.count)"]
        )
        logs.systemError(
            "The rows of \(lost.miniBatches.count) mini-batches can't be made durable: \(lost.error) They are scored again."
        )
        abandoned.formUnion(lost.files)
        for record in lost.miniBatches {
            // One with other columns than the output is scored again for that already.
            if let fixed = columns.fixed, let variant = record.columnVariant, variant != fixed { continue }
            heard.failedFiles -= record.failedFiles
            if columns.fixed == nil, record.columnVariant != nil { undecidedFailures -= record.failedFiles }
            columns.reopen(record.id)
            scheduler.reopen(record.id)
        }
        for number in pool.numbers where lost.files.contains(segmentName(of: number)) {
            scheduler.release(worker: number)
            pool.excuse(number)
            pool[number]?.kill()
        }
        if OutOfSpace.isCause(of: lost.error) {
            try await pause(for: "There is no space left for rows. The job resumes when there is free space.")
        }
        for worker in pool.readyNumbers { assign(to: worker) }
        startWorkers()
    }

    mutating func pause(for cause: String) async throws {
        if pause.isOn { return }
        logger.warning("The job is Paused. \(cause)")
        logs.systemError(cause)
        // The database may lie on the full disk too: then the job waits all the same, and says so in its log alone.
        let isRecorded = try await workspace.setStateIfPossible(of: job.name, to: .paused, cause: cause)
        pause.begin(at: clock.now, isRecorded: isRecorded)
    }

    mutating func goOn() async throws {
        if pause.isRecorded {
            guard try await workspace.setStateIfPossible(of: job.name, to: .running) else {
                return pause.begin(at: clock.now, isRecorded: true)
            }
        }
        pause.end()
        logger.info("The job resumes.")
        logs.info("The job resumes.")
        journal.retry()
        try await reopenDiffering()
        if case .noting(let notes) = preflight.stage { try await endPreflight(noting: notes) }
        for worker in pool.readyNumbers { assign(to: worker) }
        startWorkers()
    }
}
