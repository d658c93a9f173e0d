package import BatchDomain
import FoundationEssentials
import GRDB

extension JobOverview: FetchableRecord {
    static let columns = """
        job.name, job.displayName, job.endpointName, job.deploymentName, job.state,
        \(Configuration.pathFunction)(job.outputFolder) AS outputFolder, job.miniBatches, job.files,
        job.doneMiniBatches, job.failedMiniBatches, job.succeededFiles, job.failedFiles, job.rows, job.bytes, job.cause,
        json_extract(job.drift, '$.level') AS drift,
        EXISTS (SELECT 1 FROM endpoint WHERE endpoint.baseline = job.name) AS isBaseline,
        job.createdAt, job.startedAt, job.endedAt
        """

    init(row: Row) throws {
        self.init(
            name: row["name"],
            displayName: row["displayName"],
            endpointName: row["endpointName"],
            deploymentName: row["deploymentName"],
            state: row["state"],
            outputFolder: row["outputFolder"],
            counts: JobCounts(row),
            cause: row["cause"],
            drift: row["drift"],
            isBaseline: row["isBaseline"],
            createdAt: row["createdAt"],
            startedAt: row["startedAt"],
            endedAt: row["endedAt"]
        )
    }
}

extension JobState: DatabaseValueConvertible {}
extension ColumnDrift.Level: DatabaseValueConvertible {}

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
