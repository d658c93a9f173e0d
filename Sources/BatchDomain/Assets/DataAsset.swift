package import FoundationEssentials

/// A registered data asset: one version of it.
///
/// It names data; it does not copy it.
package struct DataAsset: Equatable, Sendable, Codable {
    /// Azure's types of data assets that a batch endpoint reads.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// One file.
        case file = "uri_file"
        /// A folder of files.
        case folder = "uri_folder"
        /// Files that an `MLTable` file names and describes.
        case table = "mltable"
    }

    /// The asset's name, shared by its versions.
    package var name: String
    /// The version.
    package var version: String
    /// The type.
    package var kind: Kind
    /// The description.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Where the data lies: an absolute local path, a datastore path or an address; never another asset.
    package var path: DataReference
    /// The content of its `MLTable` file when it was registered; nil for the other types.
    package var table: MLTable?
    /// When it was registered.
    package var createdAt: Date

    package init(
        name: String,
        version: String,
        kind: Kind,
        description: String = "",
        tags: [String: String] = [:],
        path: DataReference,
        table: MLTable? = nil,
        createdAt: Date
    ) {
        self.table = table
        self.name = name
        self.version = version
        self.kind = kind
        self.description = description
        self.tags = tags
        self.path = path
        self.createdAt = createdAt
    }

    /// Name and version.
    package var id: AssetVersion { AssetVersion(name: name, version: version) }
}

/// The parameters to register a data asset.
package struct DataRegistration: Equatable, Sendable {
    /// The asset's name.
    package var name: String
    /// The version; nil counts up from the last.
    package var version: String?
    /// The type.
    package var kind: DataAsset.Kind
    /// The description.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Where the data lies.
    package var path: DataReference
    /// The content of its `MLTable` file; nil for the other types.
    package var table: MLTable?

    package init(
        name: String,
        version: String? = nil,
        kind: DataAsset.Kind = .folder,
        description: String = "",
        tags: [String: String] = [:],
        path: DataReference,
        table: MLTable? = nil
    ) {
        self.table = table
        self.name = name
        self.version = version
        self.kind = kind
        self.description = description
        self.tags = tags
        self.path = path
    }
    /// The problem of a path that names another data asset.
    package static func notAPlace(_ reference: String, field: String = "path") -> Problem {
        Problem(
            field: field,
            value: reference,
            rule: "must be a place, not another data asset",
            example: "./unlabeled"
        )
    }

    /// The problem of an absolute path of this machine where there is nothing.
    package static func missing(_ path: String, field: String = "path") -> Problem {
        Problem(field: field, value: path, rule: "must be a folder or file, but nothing is there")
    }
}
