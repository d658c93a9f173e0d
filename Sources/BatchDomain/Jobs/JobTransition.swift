package import FoundationEssentials

/// A step of a job's life and when it was made.
package struct JobTransition: Equatable, Sendable, Codable {
    /// The state entered.
    package var state: JobState
    /// When.
    package var at: Date

    package init(state: JobState, at: Date) {
        self.state = state
        self.at = at
    }
}
