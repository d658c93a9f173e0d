package import BatchDomain
import Foundation
import GRDB

extension Workspace {
    /// Makes a job the one that later jobs of its endpoint are compared with; nil takes the baseline away.
    ///
    /// - Throws: ``StudioError`` when there is no such endpoint or job, and when the job can't be the baseline.
    package func setBaseline(_ job: String?, of endpoint: String) async throws -> Endpoint {
        try await updateEndpoint(EndpointDraft(name: endpoint, baseline: job ?? ""))
    }

    /// The endpoint that a job is the baseline of; nil where it is none.
    package func endpoint(withBaseline job: String) async throws -> Endpoint? {
        try await database.read { db in try Endpoint.filter(Column("baseline") == job).fetchOne(db) }
    }

    /// Records what was found when a job's profile was made.
    package func record(_ summary: ProfileSummary?, _ drift: Drift?, of job: String) async throws {
        let texts = (try summary.map(Self.json), try drift.map(Self.json))
        try await database.write { db in
            try db.execute(
                sql: "UPDATE job SET profileSummary = ?, drift = ? WHERE name = ?",
                arguments: [texts.0, texts.1, job]
            )
        }
    }

    /// The newest completed jobs of two deployments of an endpoint that scored the same input; nil where there are none among the
    /// last 50 of each.
    package func comparableJobs(of endpoint: String, _ first: String, _ second: String) async throws -> JobPair? {
        try await database.read { db in
            let jobs = try [first, second].map { deployment in
                try JobRecord
                    .filter(Column("endpointName") == endpoint && Column("deploymentName") == deployment)
                    .filter(Column("state") == JobState.completed.rawValue && !Column("isArchived"))
                    .order(Column("sequence").desc)
                    .limit(50)
                    .fetchAll(db)
                    .map(\.job)
            }
            return JobPair.newest(among: jobs[0], and: jobs[1])
        }
    }

    /// The last ended jobs of an endpoint, with what trends are drawn from.
    package func trends(of endpoint: String) async throws -> EndpointTrends {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(JobOverview.columns), job.profileSummary FROM job
                    WHERE endpointName = ? AND NOT isArchived AND endedAt IS NOT NULL
                    ORDER BY sequence DESC LIMIT ?
                    """,
                arguments: [endpoint, EndpointTrends.maxRuns]
            )
            return EndpointTrends(
                runs: try rows.reversed().map { row in
                    let job = try JobOverview(row: row)
                    let summary: String? = row["profileSummary"]
                    return EndpointTrends.Run(
                        name: job.name,
                        status: job.status,
                        endedAt: job.endedAt ?? job.createdAt,
                        seconds: job.startedAt.map { (job.endedAt ?? $0).timeIntervalSince($0) },
                        rows: job.counts.rows,
                        summary: summary.flatMap {
                            try? JSONDecoder().decode(ProfileSummary.self, from: Data($0.utf8))
                        }
                    )
                }
            )
        }
    }

    /// Checks that a draft's baseline is a job that others can be compared with.
    static func checkBaseline(of draft: EndpointDraft, in folder: WorkspaceFolder, _ db: Database) throws {
        guard let name = draft.baseline, !name.isEmpty else { return }
        let job = try jobRecord(name, db)
        if job.endpointName != draft.name {
            throw refused(
                name,
                of: draft.name,
                "it is a job of endpoint '\(job.endpointName)'.",
                "List the endpoint's jobs with: batchstudio batch-endpoint list-jobs -n \(draft.name)"
            )
        }
        if job.state != .completed {
            throw refused(
                name,
                of: draft.name,
                "it is \(job.state.rawValue). Only a job that has completed can be.",
                "Choose another one, or follow it with: batchstudio job stream -n \(name)"
            )
        }
        if !FileManager.default.fileExists(atPath: folder.job(name).profile) {
            throw refused(
                name,
                of: draft.name,
                "it has no profile to compare with.",
                "Make one from its output with: batchstudio job profile -n \(name) --rebuild"
            )
        }
    }

    private static func refused(_ job: String, of endpoint: String, _ cause: String, _ advice: String) -> StudioError {
        let text = "Job \(job) can't be the baseline of endpoint '\(endpoint)': \(cause)"
        return StudioError(.invalidState, text, advice: advice)
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
