/// A table as an `MLTable` file describes it: its files, and how they are read.
///
/// It is a copy of what the file said when it was read: a file that changes later changes no asset and no job.
package struct MLTable: Equatable, Sendable, Codable {
    /// The folder that holds all of its files, absolute.
    package var root: String
    /// The patterns of its files' paths below the root, as ``PathPatterns`` has them.
    package var patterns: [String]
    /// How the files are read.
    package var readOptions: ReadOptions

    package init(root: String, patterns: [String], readOptions: ReadOptions = ReadOptions()) {
        self.root = root
        self.patterns = patterns
        self.readOptions = readOptions
    }
}
