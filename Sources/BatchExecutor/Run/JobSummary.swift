import BatchDomain

/// A job's counts in Azure's words.
struct JobSummary: CustomStringConvertible {
    private let counts: JobCounts
    private let threshold: Int

    init(_ job: Job) {
        self.init(job.counts, threshold: job.specification.settings.errorThreshold)
    }

    init(_ counts: JobCounts, threshold: Int) {
        self.counts = counts
        self.threshold = threshold
    }

    var description: String {
        "There are \(counts.miniBatches ?? 0) mini batches with \(counts.files ?? 0) items. "
            + "Processed \(counts.finishedMiniBatches) mini batches containing "
            + "\(counts.succeededFiles + counts.failedFiles) items, \(counts.succeededFiles) succeeded, "
            + "\(counts.failedFiles) failed. The error threshold is \(threshold). Rows written: \(counts.rows)."
    }
}
