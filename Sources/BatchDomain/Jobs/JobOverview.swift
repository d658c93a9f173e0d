package import FoundationEssentials

/// The values of a job that lists show: everything but the specification, which is large.
package struct JobOverview: Equatable, Sendable {
    /// Its name.
    package var name: String
    /// The name that lists show.
    package var displayName: String
    /// The endpoint it was submitted to; it may be gone.
    package var endpointName: String
    /// The deployment it runs.
    package var deploymentName: String
    /// Where it is in its life.
    package var state: JobState
    /// The folder of its output, absolute.
    package var outputFolder: String
    /// The counts so far.
    package var counts: JobCounts
    /// What its workers have scored besides, while it runs.
    package var work: UnfinishedWork
    /// Why it failed or was canceled, or what it waits for.
    package var cause: String?
    /// How far its predictions are from those of the baseline; nil where they were not compared.
    package var drift: ColumnDrift.Level?
    /// True when its endpoint's later jobs are compared with it.
    package var isBaseline: Bool
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
        work: UnfinishedWork = UnfinishedWork(),
        cause: String? = nil,
        drift: ColumnDrift.Level? = nil,
        isBaseline: Bool = false,
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
        self.work = work
        self.cause = cause
        self.drift = drift
        self.isBaseline = isBaseline
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}

extension JobOverview {
    /// How far it is, with what its workers have in work.
    package var progress: JobProgress { JobProgress(counts, work) }

    /// The name that a user gave, display name first; the generated display name where there is none.
    package var title: String { DisplayName.title(displayName, of: name) }
}

extension Job {
    /// The name that a user gave, display name first; the generated display name where there is none.
    package var title: String { DisplayName.title(displayName, of: name) }
}

extension DisplayName {
    /// The name of a job that a user gave, its display name first; the generated display name where there is none.
    fileprivate static func title(_ displayName: String, of name: String) -> String {
        guard isGenerated(displayName) else { return displayName }
        return isIdentifier(name) ? displayName : name
    }

    /// Returns whether a job's name is a generated GUID.
    private static func isIdentifier(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
