import BatchDomain
import BatchWorkers
import BatchWorkspace

/// The columns of the output: fixed by the first rows in input order, kept by all others.
extension JobScoring {
    /// Keeps the columns of a mini-batch and returns their variant; nil when it must be scored again, because the disk is full
    /// or its columns are not those of the output.
    ///
    /// - Throws: ``JobFailure`` when the rows of a script have other columns than those before them, and when there are too
    ///   many different columns to keep.
    mutating func keptVariant(of names: [String], in id: Int) async throws -> Int? {
        if let fixed = columns.names, names != fixed {
            try scoreAgain(id)
            return nil
        }
        if let number = columns.number(of: names) { return number }
        if columnRule == .same, let others = columns.variants.first {
            throw JobFailure(
                "The output has one header, but mini-batch \(id) returned the columns \(names.joined(separator: ", ")) and "
                    + "others returned \(others.joined(separator: ", ")). Let run() return the same columns always, or leave out "
                    + "output_header."
            )
        }
        if columns.isFull {
            throw JobFailure(
                "The output has the same columns in all rows, but the rows of mini-batches have more than "
                    + "\(OutputColumns.maxVariants) different lists of columns, the last of them mini-batch \(id). Use a model that returns "
                    + "the same columns for all files, or score files that are alike with jobs of their own."
            )
        }
        var extended = columns
        let number = extended.variant(of: names)
        do {
            try ColumnsFile(of: workspace.folder.job(job.name)).write(extended.variants)
        } catch  where OutOfSpace.isCause(of: error) {
            scheduler.reopen(id)
            try await pause(
                for: "Disk full: can't write the columns of the output. The job resumes when there is free space."
            )
            return nil
        }
        columns = extended
        return number
    }

    /// Takes note of a finished mini-batch; once the output's columns are fixed by it, they are sent to all workers.
    mutating func finishColumns(of record: MiniBatchRecord) async throws {
        guard columnRule == .first else { return }
        let isDecided = columns.fixed != nil
        if !isDecided, record.columnVariant != nil { undecidedFailures += record.failedFiles }
        reopening.formUnion(columns.finish(record.id, with: record.columnVariant))
        guard !isDecided, let names = columns.names else { return }
        undecidedFailures = 0
        for number in startedJob { pool[number]?.send(.columns(names)) }
        try await reopenDiffering()
    }

    /// Has a mini-batch scored again whose rows have other columns than the output, before anything of it is journaled.
    ///
    /// - Throws: ``JobFailure`` when that has happened before: its worker had received the columns.
    mutating func scoreAgain(_ id: Int) throws {
        guard scoredAgain.insert(id).inserted else {
            throw JobFailure("Mini-batch \(id) has other columns than the output, though its worker knew them.")
        }
        scheduler.reopen(id)
        for worker in pool.readyNumbers { assign(to: worker) }
        startWorkers()
    }

    /// Takes the mini-batches that have other columns than the output out of the journal and has them scored again.
    mutating func reopenDiffering() async throws {
        guard !reopening.isEmpty else { return }
        let ids = reopening.sorted()
        // What is on its way into the journal arrives there, or is taken back.
        await journal.flush()
        journal.withdraw(reopening)
        do {
            try await workspace.discardMiniBatches(ids, of: job.name)
            counts = try await workspace.job(job.name).counts
        } catch let error as StudioError {
            throw error
        } catch {
            return try await pause(
                for: "Mini-batches with other columns can't be scored again: \(error). The job resumes when they can."
            )
        }
        // Counts that were committed before are still on their way here.
        staleCommits = journal.commits
        heard = counts
        heard.failedFiles += journal.waitingFailures
        reopening = []
        logs.info(
            "\(ids.count) mini-batches have other columns than the first rows, the first of them mini-batch \(ids[0]). "
                + "They are scored again; files that keep their columns fail."
        )
        for id in ids {
            scoredAgain.insert(id)
            scheduler.reopen(id)
        }
        for worker in pool.readyNumbers { assign(to: worker) }
        startWorkers()
    }
}
