/// The values of a job that may change after its submission.
package struct JobLabels: Equatable, Sendable {
    /// The name that lists show.
    package var displayName: String
    /// The purpose of the job.
    package var description: String
    /// Free labels.
    package var tags: [String: String]

    package init(displayName: String, description: String = "", tags: [String: String] = [:]) {
        self.displayName = displayName
        self.description = description
        self.tags = tags
    }
}
