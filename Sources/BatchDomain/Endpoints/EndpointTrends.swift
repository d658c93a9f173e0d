package import FoundationEssentials

/// The last ended jobs of an endpoint, the oldest first: what its predictions looked like over time.
package struct EndpointTrends: Equatable, Sendable {
    /// Maximum jobs.
    package static let maxRuns = 30
    /// Maximum classes of a column that are shown.
    package static let maxClasses = 3

    /// A job of the trends.
    package struct Run: Equatable, Sendable {
        /// Its name.
        package var name: String
        /// How it ended.
        package var status: JobStatus
        /// When it ended.
        package var endedAt: Date
        /// How long it ran, in seconds; nil where it never left the queue.
        package var seconds: Double?
        /// Its rows.
        package var rows: Int
        /// Its predictions in short; nil without a profile.
        package var summary: ProfileSummary?

        package init(
            name: String,
            status: JobStatus,
            endedAt: Date,
            seconds: Double? = nil,
            rows: Int = 0,
            summary: ProfileSummary? = nil
        ) {
            self.name = name
            self.status = status
            self.endedAt = endedAt
            self.seconds = seconds
            self.rows = rows
            self.summary = summary
        }
    }

    /// Values over the runs.
    package struct Series: Equatable, Sendable {
        /// What the values are of: `class_2`, `mean`.
        package var name: String
        /// A value for each run; nil where it has none.
        package var values: [Double?]
        /// The standard deviations that belong to means.
        package var deviations: [Double?]?
        /// True where the values are shares from 0 to 1.
        package var isShare: Bool

        package init(name: String, values: [Double?], deviations: [Double?]? = nil, isShare: Bool = false) {
            self.name = name
            self.values = values
            self.deviations = deviations
            self.isShare = isShare
        }
    }

    /// The runs, the oldest first.
    package var runs: [Run]

    package init(runs: [Run]) {
        self.runs = runs
    }

    /// The names of the columns that runs have, those of the newest run first.
    package var columns: [String] {
        var names: [String] = []
        for run in runs.reversed() {
            for column in run.summary?.columns ?? [] where !names.contains(column.name) { names.append(column.name) }
        }
        return Array(names.prefix(ProfileSummary.maxColumns))
    }

    /// The series of a column: the shares of its commonest classes, or the mean of its numbers.
    package func series(of column: String) -> [Series] {
        let columns = runs.map { run in run.summary?.columns.first { $0.name == column } }
        var totals: [String: Double] = [:]
        for item in columns.compactMap({ $0?.classes }).joined() { totals[item.name, default: 0] += item.share }
        let names = totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.maxClasses).map(\.key)
        let shares = names.map { name in
            Series(
                name: name,
                values: columns.map { column in
                    // A class that is not among the commonest of a run has next to no share in it.
                    column?.classes.map { $0.first { $0.name == name }?.share ?? 0 }
                },
                isShare: true
            )
        }
        guard columns.contains(where: { $0?.mean != nil }) else { return shares }
        return shares + [
            Series(name: "mean", values: columns.map { $0?.mean }, deviations: columns.map { $0?.deviation })
        ]
    }
}
