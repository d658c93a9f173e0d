/// A Python environment as one file describes it.
package struct EnvironmentSource: Hashable, Sendable, Codable {
    /// The file it was read from, relative to its model or asset: `conda.yaml`.
    package var file: String
    /// The Python asked for: `3.11.7`, `3.11`, or nil when the file does not say.
    package var pythonVersion: String?
    /// What pip is to install, a requirement each, in the file's order.
    package var requirements: [String]
    /// Conda packages that pip cannot install, named so that a person is told.
    package var ignored: [String]

    package init(file: String, pythonVersion: String?, requirements: [String], ignored: [String] = []) {
        self.file = file
        self.pythonVersion = pythonVersion
        self.requirements = requirements
        self.ignored = ignored
    }
}

/// The environment that a job needs: one or more descriptions of it, the one to try first first.
package struct EnvironmentRequest: Hashable, Sendable, Codable {
    /// Whose environment it is, for messages: `model wine:1`.
    package var owner: String
    /// The descriptions; they disagree in many published models.
    package var sources: [EnvironmentSource]
    /// The day the owner was made (UTC, `2024-03-01`); lets a second try choose packages of that time.
    package var dated: String?

    package init(owner: String, sources: [EnvironmentSource], dated: String? = nil) {
        self.owner = owner
        self.sources = sources
        self.dated = dated
    }
}
