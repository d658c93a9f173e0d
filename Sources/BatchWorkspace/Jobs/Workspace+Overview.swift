package import BatchDomain
import FoundationEssentials
import GRDB

extension Workspace {
    /// A part of the list of jobs; the last part of 100,000 jobs is as fast as the first of ten.
    package func jobSlice(_ listing: JobListing) async throws -> JobSlice {
        let now = now()
        return try await database.read { db in
            let selection = JobSelection(listing)
            let (found, table) = (selection.condition, selection.table)
            let total =
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table) \(found)", arguments: selection.arguments) ?? 0
            let order = selection.order(at: now)
            let jobs = try JobOverview.fetchAll(
                db,
                sql: """
                    SELECT \(JobOverview.columns) FROM job WHERE sequence IN (
                        SELECT sequence FROM \(table) \(found) ORDER BY \(order.sql) LIMIT ? OFFSET ?
                    ) ORDER BY \(order.sql)
                    """,
                arguments: selection.arguments + order.arguments + [listing.limit, listing.offset] + order.arguments
            )
            return JobSlice(total: total, offset: listing.offset, jobs: jobs)
        }
    }

    /// The names of all jobs that a listing finds, its offset and limit aside.
    package func jobNames(_ listing: JobListing) async throws -> [String] {
        try await database.read { db in
            let selection = JobSelection(listing)
            return try String.fetchAll(
                db,
                sql: "SELECT name FROM \(selection.table) \(selection.condition) ORDER BY sequence DESC",
                arguments: selection.arguments
            )
        }
    }

    /// The jobs of these names, the newest first; names without a job are left out.
    package func jobOverviews(named names: [String]) async throws -> [JobOverview] {
        guard !names.isEmpty else { return [] }
        let list = String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
        return try await database.read { db in
            try JobOverview.fetchAll(
                db,
                sql: """
                    SELECT \(JobOverview.columns) FROM job WHERE name IN (SELECT value FROM json_each(?))
                    ORDER BY sequence DESC
                    """,
                arguments: [list]
            )
        }
    }

    /// The unfinished jobs that need something, the newest first.
    package func unfinishedJobs(needing need: JobNeed) async throws -> [JobOverview] {
        let (condition, arguments) = need.condition
        return try await database.read { db in
            try JobOverview.fetchAll(
                db,
                sql: """
                    SELECT \(JobOverview.columns) FROM job WHERE \(JobState.isUnfinishedSQL) AND \(condition)
                    ORDER BY sequence DESC
                    """,
                arguments: arguments
            )
        }
    }

    /// The endpoints by name, each with the number of its deployments and its last job.
    package func endpointOverviews() async throws -> [EndpointOverview] {
        try await database.read { db in
            let deployments = try Row.fetchAll(
                db,
                sql: "SELECT endpointName, count(*) AS count FROM deployment GROUP BY endpointName"
            ).reduce(into: [String: Int]()) { $0[$1["endpointName"]] = $1["count"] }
            return try Endpoint.order(Column("name")).fetchAll(db).map { endpoint in
                EndpointOverview(
                    endpoint: endpoint,
                    deployments: deployments[endpoint.name] ?? 0,
                    lastJob: try JobOverview.fetchOne(
                        db,
                        sql: """
                            SELECT \(JobOverview.columns) FROM job WHERE sequence =
                                (SELECT max(sequence) FROM job WHERE endpointName = ?)
                            """,
                        arguments: [endpoint.name]
                    )
                )
            }
        }
    }

    /// How many jobs there are in each state that is not the end.
    package func unfinishedJobCounts() async throws -> [JobState: Int] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT state, count(*) AS count FROM job WHERE \(JobState.isUnfinishedSQL)
                    GROUP BY state
                    """
            ).reduce(into: [:]) { $0[$1["state"]] = $1["count"] }
        }
    }
}

extension JobNeed {
    /// The jobs that need it, as SQL.
    fileprivate var condition: (sql: String, arguments: StatementArguments) {
        switch self {
        case .endpoint(let name): ("endpointName = ?", [name])
        case .deployment(let name, let endpoint): ("endpointName = ? AND deploymentName = ?", [endpoint, name])
        case .compute(let name): ("json_extract(specification, '$.compute') = ?", [name])
        case .model(let id):
            (
                "json_extract(specification, '$.model.name') = ? AND json_extract(specification, '$.model.version') = ?",
                [id.name, id.version]
            )
        }
    }
}
