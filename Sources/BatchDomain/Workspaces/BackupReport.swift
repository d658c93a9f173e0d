/// The content of a backup.
package struct BackupReport: Equatable, Sendable {
    /// The backup's folder: a workspace of its own.
    package var folder: String
    /// Its files, the database among them.
    package var files: Int
    /// Their size in bytes.
    package var bytes: Int

    package init(folder: String, files: Int, bytes: Int) {
        self.folder = folder
        self.files = files
        self.bytes = bytes
    }
}
