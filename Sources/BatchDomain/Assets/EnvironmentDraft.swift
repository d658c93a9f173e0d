/// The parameters of an environment's registration as a form or a request gives them; its conda or pip file is read on the way.
package struct EnvironmentDraft: Equatable, Sendable {
    /// The environment's name.
    package var name: String
    /// The version; nil for one more than the highest so far.
    package var version: String?
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// A conda file (`.yml`, `.yaml`) or a file of pip requirements (`.txt`), as typed.
    package var file: String

    package init(
        name: String,
        version: String? = nil,
        description: String = "",
        tags: [String: String] = [:],
        file: String
    ) {
        self.name = name
        self.version = version
        self.description = description
        self.tags = tags
        self.file = file
    }
}
