package import FoundationEssentials

/// A file that a job wrote.
package struct OutputFile: Hashable, Sendable {
    /// Its path in the job's output folder.
    package var name: String
    /// The whole path.
    package var path: String
    /// Its size in bytes.
    package var bytes: Int
    /// When it was last written.
    package var modifiedAt: Date

    package init(name: String, path: String, bytes: Int, modifiedAt: Date) {
        self.name = name
        self.path = path
        self.bytes = bytes
        self.modifiedAt = modifiedAt
    }
}

extension OutputFile {
    /// True for the path of a Parquet file, which a pager can't show.
    package static func isParquet(_ path: String) -> Bool { path.lowercased().hasSuffix(".parquet") }
}
