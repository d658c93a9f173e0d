package import FoundationEssentials

/// A registered environment: one version of it.
package struct EnvironmentAsset: Equatable, Sendable, Codable {
    /// The environment's name, shared by its versions.
    package var name: String
    /// The version.
    package var version: String
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// The container image named in Azure's YAML; kept and shown, not used on this machine.
    package var image: String?
    /// The conda file's text as given.
    package var condaFile: String?
    /// The requirements of the conda file.
    package var source: EnvironmentSource?
    /// When it was registered.
    package var createdAt: Date

    package init(
        name: String,
        version: String,
        description: String = "",
        tags: [String: String] = [:],
        image: String? = nil,
        condaFile: String? = nil,
        source: EnvironmentSource? = nil,
        createdAt: Date
    ) {
        self.name = name
        self.version = version
        self.description = description
        self.tags = tags
        self.image = image
        self.condaFile = condaFile
        self.source = source
        self.createdAt = createdAt
    }

    /// Name and version.
    package var id: AssetVersion { AssetVersion(name: name, version: version) }
}

/// The parameters to register an environment.
package struct EnvironmentRegistration: Equatable, Sendable {
    /// The environment's name.
    package var name: String
    /// The version; nil counts up from the last.
    package var version: String?
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// The container image.
    package var image: String?
    /// The conda file's text.
    package var condaFile: String?
    /// The requirements of the conda file.
    package var source: EnvironmentSource?

    package init(
        name: String,
        version: String? = nil,
        description: String = "",
        tags: [String: String] = [:],
        image: String? = nil,
        condaFile: String? = nil,
        source: EnvironmentSource? = nil
    ) {
        self.name = name
        self.version = version
        self.description = description
        self.tags = tags
        self.image = image
        self.condaFile = condaFile
        self.source = source
    }
}
