package import FoundationEssentials

/// A named place for data.
///
/// `workspaceblobstore` is in every workspace and takes the output of jobs. What opens a place (keys, tokens) is no part of it:
/// ``Credentials`` lie apart and are never shown.
package struct Datastore: Equatable, Sendable, Codable {
    /// The name of the default datastore.
    package static let defaultName = "workspaceblobstore"

    /// The datastore's name.
    package var name: String
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// The folder on this machine, absolute; empty for a remote place.
    package var path: String
    /// The remote place; nil for a folder of this machine.
    package var remote: RemotePlace?
    /// The kinds of its secrets, by their names in YAML; never the secrets.
    package var credentials: [String]
    /// When it was made.
    package var createdAt: Date

    package init(
        name: String,
        description: String = "",
        tags: [String: String] = [:],
        path: String = "",
        remote: RemotePlace? = nil,
        credentials: [String] = [],
        createdAt: Date
    ) {
        self.name = name
        self.description = description
        self.tags = tags
        self.path = path
        self.remote = remote
        self.credentials = credentials
        self.createdAt = createdAt
    }

    /// The type in Azure's spelling where Azure has it: `local`, `azure_blob`, `s3`, `http`.
    package var kind: String { remote?.kind ?? "local" }
}

/// The parameters to make a datastore.
package struct DatastoreRegistration: Equatable, Sendable {
    /// The datastore.
    package var datastore: Datastore
    /// Its credentials.
    package var credentials: Credentials

    package init(datastore: Datastore, credentials: Credentials = Credentials()) {
        self.datastore = datastore
        self.credentials = credentials
        self.datastore.credentials = credentials.names
    }
}
