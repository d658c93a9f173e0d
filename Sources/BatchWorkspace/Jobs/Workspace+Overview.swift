package import BatchDomain
import GRDB

extension Workspace {
    /// A part of the list of jobs; the last part of 100,000 jobs is as fast as the first of ten.
    package func jobSlice(_ listing: JobListing) async throws -> JobSlice {
        try await database.read { db in
            var conditions = [listing.visibility.condition]
            var arguments: StatementArguments = []
            if let endpoint = listing.endpointName {
                conditions.append("endpointName = ?")
                arguments += [endpoint]
            }
            for word in listing.filter.split(separator: " ") {
                let text = "name || ' ' || displayName || ' ' || endpointName || ' ' || deploymentName || ' ' || state"
                conditions.append("instr(lower(\(text)), ?) > 0")
                arguments += [word.lowercased()]
            }
            let found = "WHERE " + conditions.joined(separator: " AND ")
            // The index holds all that is looked at; the table's rows are some hundred times as large.
            let table = listing.filter.isEmpty && listing.endpointName != nil ? "job" : "job INDEXED BY jobList"
            let total =
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table) \(found)", arguments: arguments) ?? 0
            let jobs = try JobOverview.fetchAll(
                db,
                sql: """
                    SELECT \(JobOverview.columns) FROM job WHERE sequence IN (
                        SELECT sequence FROM \(table) \(found) ORDER BY sequence DESC LIMIT ? OFFSET ?
                    ) ORDER BY sequence DESC
                    """,
                arguments: arguments + [listing.limit, listing.offset]
            )
            return JobSlice(total: total, offset: listing.offset, jobs: jobs)
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
