package import FoundationEssentials

/// A file or folder of a datastore, as one that browses it sees it.
package struct DatastoreEntry: Equatable, Sendable {
    /// The name in its folder.
    package var name: String
    package var isFolder: Bool
    /// The size of a file; nil where it is unknown.
    package var bytes: Int?
    /// When a file was last changed; nil where that is unknown.
    package var modifiedAt: Date?

    package init(name: String, isFolder: Bool, bytes: Int? = nil, modifiedAt: Date? = nil) {
        self.name = name
        self.isFolder = isFolder
        self.bytes = bytes
        self.modifiedAt = modifiedAt
    }

    /// Folders first, both by name.
    package static func ordered(_ entries: [DatastoreEntry]) -> [DatastoreEntry] {
        entries.sorted { ($0.isFolder ? 0 : 1, $0.name) < ($1.isFolder ? 0 : 1, $1.name) }
    }
}
