import BatchDomain
import BatchWorkspace

/// The counts of a job while it is scored: those of the journal, and the failed files that the journal does not have yet.
struct ScoringCounts {
    /// The counts of the journal.
    private(set) var journaled: JobCounts
    /// The first file that failed.
    private(set) var firstFailure: FileFailure?

    private let threshold: Int
    /// Failed files of all results so far, journaled or not.
    private var failedFiles: Int
    /// Failed files of mini-batches that have rows, as long as the output's columns are not fixed: they may be scored again.
    private var undecidedFailures: Int
    private var receivedCommits = 0
    /// Commits whose counts are of a time before mini-batches were taken out of the journal.
    private var staleCommits = 0

    /// - Parameters:
    ///   - journaled: What earlier executors finished.
    ///   - firstFailure: The first file that failed under them.
    ///   - undecidedFailures: Those of the failed files that may be scored again when the columns are fixed.
    ///   - threshold: The failed files that the job allows; unlimited when negative.
    init(journaled: JobCounts, firstFailure: FileFailure?, undecidedFailures: Int, threshold: Int) {
        self.journaled = journaled
        self.firstFailure = firstFailure
        self.undecidedFailures = undecidedFailures
        self.threshold = threshold
        failedFiles = journaled.failedFiles
    }

    /// Adds a finished mini-batch.
    mutating func add(_ record: MiniBatchRecord, isUndecided: Bool) {
        firstFailure = firstFailure ?? record.failures.first
        failedFiles += record.failedFiles
        if isUndecided { undecidedFailures += record.failedFiles }
    }

    /// Takes a mini-batch back whose rows are lost.
    mutating func remove(_ record: MiniBatchRecord, isUndecided: Bool) {
        failedFiles -= record.failedFiles
        if isUndecided { undecidedFailures -= record.failedFiles }
    }

    /// Counts all failures from now on: the output's columns are fixed.
    mutating func decide() {
        undecidedFailures = 0
    }

    /// Takes the counts of a commit; nil when it failed.
    mutating func committed(_ counts: JobCounts?) {
        receivedCommits += 1
        if let counts, receivedCommits > staleCommits { journaled = counts }
    }

    /// Counts from a journal that mini-batches were taken out of.
    ///
    /// - Parameters:
    ///   - journaled: Its counts now.
    ///   - waiting: Failed files of the mini-batches that wait to be journaled.
    ///   - commits: The commits so far: the counts of some are still on their way here.
    mutating func restart(from journaled: JobCounts, waiting: Int, commits: Int) {
        self.journaled = journaled
        failedFiles = journaled.failedFiles + waiting
        staleCommits = commits
    }

    /// Checks the failed files against the error threshold; `last` is the most recent of them.
    func checkThreshold(last: FileFailure?) throws(JobFailure) {
        // Which files fail for their columns is not known before the output's are.
        var certain = journaled
        certain.failedFiles = failedFiles - undecidedFailures
        guard certain.exceeds(errorThreshold: threshold) else { return }
        let reason = last.map {
            " The last, \($0.file.isEmpty ? "mini-batch \($0.miniBatch)" : $0.file): \($0.message)"
        }
        throw JobFailure(
            "The number of failed items is \(failedFiles), which exceeds error threshold \(threshold).\(reason ?? "")"
        )
    }

    /// Checks that a file was scored: Azure takes a job without one for failed too.
    func checkSuccess() throws(JobFailure) {
        guard journaled.succeededFiles == 0, let failure = firstFailure else { return }
        throw JobFailure(
            "No file was scored: \(journaled.failedFiles) of \(journaled.failedFiles) failed. "
                + "The first, \(failure.file): \(failure.type): \(failure.message)"
        )
    }
}
