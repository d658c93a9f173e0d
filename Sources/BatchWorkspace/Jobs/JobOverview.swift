package import BatchDomain
package import FoundationEssentials
import GRDB

/// What lists show of a job: everything but the specification, which is large.
package struct JobOverview: Equatable, Sendable {
    /// Its name.
    package var name: String
    /// The name for people.
    package var displayName: String
    /// The endpoint it was submitted to; it may be gone.
    package var endpointName: String
    /// The deployment it runs.
    package var deploymentName: String
    /// Where it is in its life.
    package var state: JobState
    /// The folder of its output, absolute.
    package var outputFolder: String
    /// What has been done.
    package var counts: JobCounts
    /// Why it failed or was canceled, or what it waits for.
    package var cause: String?
    /// When it was submitted.
    package var createdAt: Date
    /// When it left the queue.
    package var startedAt: Date?
    /// When it ended.
    package var endedAt: Date?

    package init(
        name: String,
        displayName: String,
        endpointName: String,
        deploymentName: String,
        state: JobState,
        outputFolder: String,
        counts: JobCounts = JobCounts(),
        cause: String? = nil,
        createdAt: Date,
        startedAt: Date? = nil,
        endedAt: Date? = nil
    ) {
        self.name = name
        self.displayName = displayName
        self.endpointName = endpointName
        self.deploymentName = deploymentName
        self.state = state
        self.outputFolder = outputFolder
        self.counts = counts
        self.cause = cause
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}

extension JobOverview: FetchableRecord {
    static let columns = """
        job.name, job.displayName, job.endpointName, job.deploymentName, job.state,
        \(Configuration.pathFunction)(job.outputFolder) AS outputFolder, job.miniBatches, job.files,
        job.doneMiniBatches, job.failedMiniBatches, job.succeededFiles, job.failedFiles, job.rows, job.bytes, job.cause,
        job.createdAt, job.startedAt, job.endedAt
        """

    init(row: Row) throws {
        name = row["name"]
        displayName = row["displayName"]
        endpointName = row["endpointName"]
        deploymentName = row["deploymentName"]
        state = row["state"]
        outputFolder = row["outputFolder"]
        counts = JobCounts(row)
        cause = row["cause"]
        createdAt = row["createdAt"]
        startedAt = row["startedAt"]
        endedAt = row["endedAt"]
    }
}

extension JobState: DatabaseValueConvertible {}

extension JobCounts {
    /// The counts of a row that has the columns of `job` for them.
    init(_ row: Row) {
        self.init()
        miniBatches = row["miniBatches"]
        files = row["files"]
        doneMiniBatches = row["doneMiniBatches"]
        failedMiniBatches = row["failedMiniBatches"]
        succeededFiles = row["succeededFiles"]
        failedFiles = row["failedFiles"]
        rows = row["rows"]
        bytes = row["bytes"]
    }
}
