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
        CASE job.state WHEN '\(JobState.running.rawValue)' THEN (
            SELECT json_object(
                'miniBatches', total(min(1, max(0, share))), 'rows', total(max(0, rows)), 'bytes', total(max(0, bytes))
            ) FROM workerStatus WHERE workerStatus.job = job.sequence AND NOT \(WorkerStatus.isCounted)
        ) END AS work,
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
            work: UnfinishedWork(row),
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

extension UnfinishedWork {
    /// The work in a row's column of JSON.
    fileprivate init(_ row: Row) {
        self.init()
        guard let text: String = row["work"],
            let sums = try? JSONDecoder().decode([String: Double].self, from: Data(text.utf8))
        else { return }
        miniBatches = sums["miniBatches"] ?? 0
        rows = Int(sums["rows"] ?? 0)
        bytes = Int(sums["bytes"] ?? 0)
    }
}

extension WorkerStatus {
    /// True where a worker's mini-batch is finished, whose rows are in the job's counts already; as SQL.
    static let isCounted = """
        EXISTS (
            SELECT 1 FROM miniBatch WHERE miniBatch.job = workerStatus.job AND miniBatch.id = workerStatus.miniBatch
        )
        """
}
