package import FoundationEssentials

/// A named place for data.
///
/// `workspaceblobstore` is in every workspace and takes the output of jobs.
package struct Datastore: Equatable, Sendable, Codable {
    /// The name of the default datastore.
    package static let defaultName = "workspaceblobstore"

    /// The datastore's name.
    package var name: String
    /// What it is for.
    package var description: String
    /// The folder on this machine, absolute.
    package var path: String
    /// When it was made.
    package var createdAt: Date

    package init(name: String, description: String = "", path: String, createdAt: Date) {
        self.name = name
        self.description = description
        self.path = path
        self.createdAt = createdAt
    }
}
