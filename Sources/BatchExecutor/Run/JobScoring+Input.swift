import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation

/// The input before it is scored: its check against the model, and files that are fetched.
extension JobScoring {
    mutating func startScoring(on number: Int) throws {
        switch preflight.stage {
        case .done:
            assign(to: number)
        case .waiting:
            guard let bytes = bytesToCheck else { return }
            preflight.ask(number, at: clock.now)
            pool[number]?.send(.check(id: 0, bytes: bytes, seconds: 0.5))
        case .asked, .noting:
            break
        }
    }

    /// The files to check, as bytes of the manifest; nil when they are not there yet.
    private var bytesToCheck: Range<Int>? {
        if let window {
            guard let id = preflight.miniBatch, window.ready.contains(id) else { return nil }
            return prepared.manifest.bytes(of: id)
        }
        let plan = prepared.manifest.plan
        // As many as half a second is likely to be enough for; the others are checked when they are read.
        let last = min(plan.count, max(1, 2_000 / plan.size)) - 1
        return 0..<prepared.manifest.bytes(of: last).upperBound
    }

    mutating func askAhead() {
        guard let width = window?.width else { return }
        window?.ask(for: scheduler.upcoming(width))
    }

    mutating func handle(_ event: FetcherEvent) throws {
        switch event {
        case .fetched(let id, let failed):
            window?.arrived(id)
            scheduler.available = window?.ready
            if case .waiting = preflight.stage {
                guard id == preflight.miniBatch else { break }
                // What can't be fetched can't be checked; types are inferred from the files that can.
                let isLost =
                    prepared.check == .types ? failed >= prepared.manifest.plan.range(of: id).count : failed > 0
                if isLost { preflight.moveOn(to: nextToCheck(after: id)) }
                if preflight.miniBatch == nil {
                    try refuseUnknownTypes("no file of the first mini-batches can be fetched")
                    endPreflight()
                }
                try pool.readyNumbers.first.map { try startScoring(on: $0) }
            } else {
                for worker in pool.readyNumbers { assign(to: worker) }
            }
        case .waiting(let message):
            logs.warning(message)
        case .failed(let type, let message):
            throw JobFailure("The files of the input can't be fetched. \(type): \(message)")
        case .ended(let reason):
            logs.warning("The process that downloads files \(reason); another one continues.")
            try window?.startAgain(after: reason)
        case .listed:
            break
        }
    }

    /// The mini-batch to check when files of another can't be fetched; nil when it must do without.
    private func nextToCheck(after id: Int) -> Int? {
        guard prepared.check == .types, let window else { return nil }
        return scheduler.upcoming(window.width).first { $0 > id }
    }

    /// Has another worker check the input where nothing can be scored without the types of its columns.
    mutating func preflightDied() throws {
        let mayRepeat = preflight.workerDied()
        if prepared.check == .types, mayRepeat {
            logs.warning("The check of the input before scoring was not finished. Another worker checks it.")
            preflight.repeatWithAnother()
            if let worker = pool.readyNumbers.first { try startScoring(on: worker) }
            return
        }
        try refuseUnknownTypes("\(preflight.deaths) workers died or hung while they checked the input")
        logs.warning(
            "The check of the input before scoring was not finished; each file is checked when it is read."
        )
        endPreflight()
    }

    /// Fails the job when the types of its columns had to be inferred and are not kept: each worker would infer its own.
    func refuseUnknownTypes(_ reason: String) throws {
        let types = workspace.folder.job(job.name).inputTypes
        guard prepared.check == .types, !FileManager.default.fileExists(atPath: types) else { return }
        throw JobFailure(
            "The types of the input's columns can't be inferred, and the model has no signature: \(reason). Nothing was scored."
        )
    }

    /// Begins to score once the notes of the check are on the job.
    mutating func endPreflight(noting notes: [String]) async throws {
        do {
            for note in try await workspace.addNotes(notes, to: job.name) { logs.warning(note) }
            endPreflight()
        } catch let error as StudioError {
            throw error
        } catch {
            preflight.note(notes)
            try await pause(for: "The job's notes can't be recorded: \(error). The job resumes when they can.")
        }
    }

    mutating func endPreflight() {
        preflight.finish()
        for worker in pool.readyNumbers { assign(to: worker) }
    }

    func receive(_ checked: WorkerMessage.Checked) throws {
        guard let first = checked.problems.first else { return }
        let threshold = job.specification.settings.errorThreshold
        let areAllBad = checked.problems.count == prepared.manifest.plan.files
        let sentence = "\(checked.problems.count) of \(checked.files) files checked"
        if areAllBad || (threshold >= 0 && checked.problems.count > threshold) {
            throw JobFailure("\(sentence) \(Job.checkFailed) \(first.file): \(first.message)")
        }
        logs.warning("\(sentence) do not fit the model. They will fail; the others are scored.")
        for problem in checked.problems.prefix(20) { logs.warning("\(problem.file): \(problem.message)") }
    }
}
