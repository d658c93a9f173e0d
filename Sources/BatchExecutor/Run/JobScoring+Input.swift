import BatchDomain
import BatchWorkers
import BatchWorkspace

/// The input before it is scored: its check against the model, and files that are fetched.
extension JobScoring {
    mutating func startScoring(on number: Int) throws {
        switch preflight {
        case .done:
            assign(to: number)
        case .waiting:
            if let window, !window.ready.contains(0) { return }
            preflight = .asked(of: number, since: clock.now)
            let plan = prepared.manifest.plan
            // As many as half a second is likely to be enough for; the others are checked when they are read.
            let last = window == nil ? min(plan.count, max(1, 2_000 / plan.size)) - 1 : 0
            crew[number]?.send(.check(id: 0, bytes: 0..<prepared.manifest.bytes(of: last).upperBound, seconds: 0.5))
        case .asked:
            break
        }
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
            if case .waiting = preflight, id == 0 {
                // What can't be fetched can't be checked.
                if failed > 0 { endPreflight() } else { try crew.readyNumbers.first.map { try startScoring(on: $0) } }
            } else {
                for worker in crew.readyNumbers { assign(to: worker) }
            }
        case .waiting(let message):
            logs.warning(message)
        case .failed(let type, let message):
            throw JobFailure("The files of the input can't be fetched. \(type): \(message)")
        case .ended(let reason):
            logs.warning("The process that fetches files \(reason); another one goes on.")
            try window?.startAgain(after: reason)
        case .listed:
            break
        }
    }

    mutating func endPreflight() {
        preflight = .done
        for worker in crew.readyNumbers { assign(to: worker) }
    }

    func judge(_ checked: WorkerMessage.Checked) throws {
        guard let first = checked.problems.first else { return }
        let threshold = job.specification.settings.errorThreshold
        let areAllBad = checked.problems.count == prepared.manifest.plan.files
        let sentence = "\(checked.problems.count) of \(checked.files) files checked do not fit the model."
        if areAllBad || (threshold >= 0 && checked.problems.count > threshold) {
            throw JobFailure("\(sentence) Nothing was scored. \(first.file): \(first.message)")
        }
        logs.warning("\(sentence) They will fail; the others are scored.")
        for problem in checked.problems.prefix(20) { logs.warning("\(problem.file): \(problem.message)") }
    }
}
