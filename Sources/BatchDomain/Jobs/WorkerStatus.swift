package import FoundationEssentials

/// The activity of a worker at a moment.
package struct WorkerStatus: Equatable, Sendable, Codable {
    /// The worker's number in its job, from 1.
    package var worker: Int
    /// Its process.
    package var pid: Int
    /// `starting`, `scoring` or `waiting`.
    package var activity: String
    /// The mini-batch in work.
    package var miniBatch: Int?
    /// The file in work.
    package var file: String?
    /// Its memory in bytes.
    package var residentBytes: Int?
    /// The numbers of its GPUs, `0,2`; nil for a job without GPUs.
    package var gpus: String?
    /// Since when.
    package var since: Date

    package init(
        worker: Int,
        pid: Int,
        activity: String,
        miniBatch: Int? = nil,
        file: String? = nil,
        residentBytes: Int? = nil,
        gpus: String? = nil,
        since: Date
    ) {
        self.worker = worker
        self.pid = pid
        self.activity = activity
        self.miniBatch = miniBatch
        self.file = file
        self.residentBytes = residentBytes
        self.gpus = gpus
        self.since = since
    }
}
