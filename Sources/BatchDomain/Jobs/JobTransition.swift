package import FoundationEssentials

/// A step of a job's life and when it was made.
package struct JobTransition: Equatable, Sendable, Codable {
    /// The state entered.
    package var state: JobState
    /// When.
    package var at: Date
    /// Mini-batches that needed nothing more then; nil in workspaces of earlier versions.
    package var finishedMiniBatches: Int?
    /// Output rows then; nil in workspaces of earlier versions.
    package var rows: Int?

    package init(state: JobState, at: Date, finishedMiniBatches: Int? = nil, rows: Int? = nil) {
        self.state = state
        self.at = at
        self.finishedMiniBatches = finishedMiniBatches
        self.rows = rows
    }
}
