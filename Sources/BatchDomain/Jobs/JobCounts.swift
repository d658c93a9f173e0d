/// The progress of a job, exactly counted.
package struct JobCounts: Equatable, Sendable, Codable {
    /// Mini-batches planned; nil until the input is listed.
    package var miniBatches: Int?
    /// Input files; nil until the input is listed.
    package var files: Int?
    /// Mini-batches scored.
    package var doneMiniBatches = 0
    /// Mini-batches that failed after all attempts.
    package var failedMiniBatches = 0
    /// Files scored.
    package var succeededFiles = 0
    /// Files that failed.
    package var failedFiles = 0
    /// Output rows.
    package var rows = 0
    /// Bytes of output rows.
    package var bytes = 0

    package init() {}

    /// Mini-batches that need nothing more.
    package var finishedMiniBatches: Int { doneMiniBatches + failedMiniBatches }

    /// The share of mini-batches that need nothing more, 0 to 1; nil until they are planned.
    package var fraction: Double? {
        miniBatches.map { $0 == 0 ? 1 : Double(finishedMiniBatches) / Double($0) }
    }

    /// Returns whether more files failed than the threshold tolerates; -1 tolerates all.
    package func exceeds(errorThreshold: Int) -> Bool {
        errorThreshold >= 0 && failedFiles > errorThreshold
    }
}
