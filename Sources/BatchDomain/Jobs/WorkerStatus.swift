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
    /// The rows that it has written of its mini-batch so far; nil while none are known.
    package var rows: Int?
    /// The bytes of these rows.
    package var bytes: Int?
    /// The share of its mini-batch that is scored, 0 to 1; nil where its rows are not counted beforehand.
    package var share: Double?
    /// Which attempt at its mini-batch this is, from 1.
    package var attempt: Int?
    /// The error of the attempt before.
    package var lastError: String?

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
        since: Date,
        rows: Int? = nil,
        bytes: Int? = nil,
        share: Double? = nil,
        attempt: Int? = nil,
        lastError: String? = nil
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
        self.rows = rows
        self.bytes = bytes
        self.share = share
        self.attempt = attempt
        self.lastError = lastError
    }
}
