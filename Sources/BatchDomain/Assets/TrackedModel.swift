package import FoundationEssentials

/// A model that MLflow keeps: registered, or logged by a run.
package struct TrackedModel: Equatable, Sendable {
    /// How it is named: `models:/wine/3`, `runs:/<id>/model`.
    package var uri: String
    /// The registered name, or the name under which the run logged it.
    package var name: String
    /// The registered version; nil for a run's.
    package var version: String?
    /// The run that made it.
    package var run: String?
    /// Names that point to this version: `models:/wine@champion`.
    package var aliases: [String]
    /// The stage of MLflow 1 and 2.
    package var stage: String?
    /// When it was made.
    package var createdAt: Date?

    package init(
        uri: String,
        name: String,
        version: String?,
        run: String?,
        aliases: [String],
        stage: String?,
        createdAt: Date?
    ) {
        self.uri = uri
        self.name = name
        self.version = version
        self.run = run
        self.aliases = aliases
        self.stage = stage
        self.createdAt = createdAt
    }

    /// Returns whether a text names a model that MLflow keeps, and not a path.
    package static func isURI(_ text: String) -> Bool { text.hasPrefix("runs:/") || text.hasPrefix("models:/") }
}
