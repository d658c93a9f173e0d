package import FoundationEssentials

/// The activity of a worker at a moment.
package struct WorkerStatus: Equatable, Sendable, Codable {
    /// The worker's number in its job, from 1.
    package var worker: Int
    /// Its process; 0 while it has none.
    package var pid: Int
    /// The node of a cluster that it runs on; nil for this machine.
    package var node: String?
    /// `starting`, `scoring` or `waiting`; `pending` while a cluster has no room for it.
    package var activity: String
    /// The mini-batch in work.
    package var miniBatch: Int?
    /// The file in work.
    package var file: String?
    /// Its memory in bytes.
    package var residentBytes: Int?
    /// Its rows a second since it is ready; nil before its first rows.
    package var rowsPerSecond: Double?
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
        rowsPerSecond: Double? = nil,
        gpus: String? = nil,
        node: String? = nil,
        since: Date
    ) {
        self.worker = worker
        self.pid = pid
        self.activity = activity
        self.miniBatch = miniBatch
        self.file = file
        self.residentBytes = residentBytes
        self.rowsPerSecond = rowsPerSecond
        self.gpus = gpus
        self.node = node
        self.since = since
    }
}
