import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation

/// The check of the input's columns before the first mini-batch.
struct Preflight {
    /// Maximum number of workers that may die while they check the input.
    private static let maxDeaths = 3
    /// Maximum number of files that do not fit the model in the log.
    private static let maxLoggedProblems = 20

    /// How far the check is.
    enum Stage {
        case waiting
        case asked(of: Int, since: SuspendingClock.Instant)
        /// Carried out; its notes wait for space.
        case noting([String])
        case done
    }

    private(set) var stage: Stage
    /// The mini-batch whose files are checked where files are fetched; nil when none can be.
    private(set) var miniBatch: Int?
    /// Workers that died while they checked the input.
    private var deaths = 0

    private let job: Job
    private let prepared: PreparedJob
    /// The file of the types of the input's columns.
    private let types: String
    private let logs: JobLogs

    init(of job: Job, _ prepared: PreparedJob, in folder: JobFolder, miniBatch: Int?, logs: JobLogs) {
        self.job = job
        self.prepared = prepared
        self.miniBatch = miniBatch
        self.logs = logs
        types = folder.inputTypes
        stage = prepared.check == .none ? .done : .waiting
    }

    /// True when mini-batches may be scored.
    var isDone: Bool { if case .done = stage { true } else { false } }

    /// Returns whether a worker is at it.
    func isAsked(of worker: Int) -> Bool { if case .asked(of: worker, _) = stage { true } else { false } }

    /// True when the types of the input's columns must be inferred from it.
    private var infersTypes: Bool { prepared.check == .types }

    /// The files to check, as bytes of the manifest; nil while they are not on this machine.
    func bytes(isFetched: (_ miniBatch: Int) -> Bool) -> Range<Int>? {
        if prepared.fetcher != nil {
            guard let miniBatch, isFetched(miniBatch) else { return nil }
            return prepared.manifest.bytes(of: miniBatch)
        }
        let plan = prepared.manifest.plan
        // As many as half a second is likely to be enough for; the others are checked when they are read.
        let last = min(plan.count, max(1, 2_000 / plan.size)) - 1
        return 0..<prepared.manifest.bytes(of: last).upperBound
    }

    mutating func ask(_ worker: Int, at now: SuspendingClock.Instant) {
        stage = .asked(of: worker, since: now)
    }

    /// Takes the files of a mini-batch that were fetched: where too many of them failed the next one is checked, or none.
    ///
    /// - Returns: Whether the check can begin, or is given up.
    mutating func fetched(_ id: Int, failed: Int, next: Int?) throws -> Bool {
        guard id == miniBatch else { return false }
        // What can't be fetched can't be checked; types are inferred from the files that can.
        let isLost = infersTypes ? failed >= prepared.manifest.plan.range(of: id).count : failed > 0
        if isLost { miniBatch = infersTypes ? next : nil }
        if miniBatch == nil {
            try refuseUnknownTypes("no file of the first mini-batches can be fetched")
            finish()
        }
        return true
    }

    /// Has another worker check the input where nothing can be scored without the types of its columns; else gives the check up.
    mutating func workerDied() throws {
        deaths += 1
        if infersTypes, deaths < Self.maxDeaths {
            logs.warning("The check of the input before scoring was not finished. Another worker checks it.")
            stage = .waiting
            return
        }
        try refuseUnknownTypes("\(deaths) workers died or hung while they checked the input")
        logs.warning("The check of the input before scoring was not finished; each file is checked when it is read.")
        finish()
    }

    /// Takes what a worker found.
    ///
    /// - Throws: ``JobFailure`` when too many files do not fit the model.
    func receive(_ checked: WorkerMessage.Checked) throws {
        if let first = checked.problems.first {
            let threshold = job.specification.settings.errorThreshold
            let areAllBad = checked.problems.count == prepared.manifest.plan.files
            let sentence = "\(checked.problems.count) of \(checked.files) files checked"
            if areAllBad || (threshold >= 0 && checked.problems.count > threshold) {
                log(checked.problems)
                let limit = areAllBad ? "" : "error_threshold is \(threshold). "
                throw JobFailure("\(sentence) \(Job.checkFailed) \(limit)\(first.file): \(first.message)")
            }
            logs.warning("\(sentence) do not fit the model. They will fail; the others are scored.")
            log(checked.problems)
        }
        // Where not even the first file was checked, the check itself has failed; the log has its traceback.
        if checked.files == 0 { try refuseUnknownTypes("the check of the input failed; see logs/user/stderr") }
    }

    private func log(_ problems: [WorkerMessage.FailedFile]) {
        for problem in problems.prefix(Self.maxLoggedProblems) { logs.warning("\(problem.file): \(problem.message)") }
    }

    /// Fails the job when the types of its columns had to be inferred and are not kept: each worker would infer its own.
    private func refuseUnknownTypes(_ reason: String) throws {
        guard infersTypes, !FileManager.default.fileExists(atPath: types) else { return }
        throw JobFailure(
            "The types of the input's columns can't be inferred, and the model has no signature: \(reason). Nothing was scored."
        )
    }

    mutating func note(_ notes: [String]) {
        stage = .noting(notes)
    }

    mutating func finish() {
        stage = .done
    }
}
