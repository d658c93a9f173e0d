import BatchDomain
import Foundation
import GRDB

/// A job as its table keeps it: counts in columns of their own, so that lists and commits need not touch the specification.
struct JobRecord: Codable {
    static let databaseTableName = "job"

    var sequence: Int64?
    var name: String
    var displayName: String
    var experimentName: String
    var description: String
    var tags: [String: String]
    var endpointName: String
    var deploymentName: String
    var state: JobState
    var specification: JobSpecification
    var outputFolder: String
    var miniBatches: Int?
    var files: Int?
    var doneMiniBatches: Int
    var failedMiniBatches: Int
    var succeededFiles: Int
    var failedFiles: Int
    var rows: Int
    var bytes: Int
    var cause: String?
    var retryOf: String?
    var notes: [String]
    var drift: Drift?
    var createdAt: Date
    var startedAt: Date?
    var endedAt: Date?

    init(_ job: Job) {
        name = job.name
        displayName = job.displayName
        experimentName = job.experimentName
        description = job.description
        tags = job.tags
        endpointName = job.specification.endpointName
        deploymentName = job.specification.deploymentName
        state = job.state
        specification = job.specification
        outputFolder = job.specification.output.folder
        miniBatches = job.counts.miniBatches
        files = job.counts.files
        doneMiniBatches = job.counts.doneMiniBatches
        failedMiniBatches = job.counts.failedMiniBatches
        succeededFiles = job.counts.succeededFiles
        failedFiles = job.counts.failedFiles
        rows = job.counts.rows
        bytes = job.counts.bytes
        cause = job.cause
        retryOf = job.retryOf
        notes = job.notes
        drift = job.drift
        createdAt = job.createdAt
        startedAt = job.startedAt
        endedAt = job.endedAt
    }

    var job: Job {
        var counts = JobCounts()
        counts.miniBatches = miniBatches
        counts.files = files
        counts.doneMiniBatches = doneMiniBatches
        counts.failedMiniBatches = failedMiniBatches
        counts.succeededFiles = succeededFiles
        counts.failedFiles = failedFiles
        counts.rows = rows
        counts.bytes = bytes
        return Job(
            name: name,
            displayName: displayName,
            experimentName: experimentName,
            description: description,
            tags: tags,
            state: state,
            specification: specification,
            counts: counts,
            cause: cause,
            retryOf: retryOf,
            notes: notes,
            drift: drift,
            createdAt: createdAt,
            startedAt: startedAt,
            endedAt: endedAt
        )
    }
}

extension JobRecord {
    /// Jobs that are not at their end.
    static var unfinished: QueryInterfaceRequest<JobRecord> { filter(sql: JobState.isUnfinishedSQL) }
}
