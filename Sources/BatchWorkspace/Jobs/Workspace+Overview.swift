package import BatchDomain
import GRDB

/// Which part of the list of jobs is wanted, the newest first.
package struct JobListing: Hashable, Sendable {
    /// Jobs of this endpoint only.
    package var endpointName: String?
    /// Words that must all occur in a job's names or state.
    package var filter: String
    /// What is archived, what is not, or both.
    package var visibility: Visibility
    /// How many to pass over.
    package var offset: Int
    /// How many to list.
    package var limit: Int

    package init(
        endpointName: String? = nil,
        filter: String = "",
        visibility: Visibility = .active,
        offset: Int = 0,
        limit: Int = 200
    ) {
        self.endpointName = endpointName
        self.filter = filter
        self.visibility = visibility
        self.offset = offset
        self.limit = limit
    }
}

/// A part of the list of jobs, and how long the whole list is.
package struct JobSlice: Equatable, Sendable {
    /// How many jobs the listing finds in all.
    package var total: Int
    /// How many come before these.
    package var offset: Int
    /// The jobs.
    package var jobs: [JobOverview]

    package init(total: Int = 0, offset: Int = 0, jobs: [JobOverview] = []) {
        self.total = total
        self.offset = offset
        self.jobs = jobs
    }
}

/// What a list shows of an endpoint.
package struct EndpointOverview: Equatable, Sendable {
    /// The endpoint.
    package var endpoint: Endpoint
    /// How many deployments it has.
    package var deployments: Int
    /// The job that was submitted last.
    package var lastJob: JobOverview?

    package init(endpoint: Endpoint, deployments: Int, lastJob: JobOverview? = nil) {
        self.endpoint = endpoint
        self.deployments = deployments
        self.lastJob = lastJob
    }
}

extension Workspace {
    /// A part of the list of jobs; as fast at its end, and with 100,000 jobs, as at its beginning with ten.
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
