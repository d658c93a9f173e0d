/// The first rows of data on this machine, read without Python: what a list shows beside it.
package struct DataHead: Equatable, Sendable {
    /// How many files the folder has; 1 for a file.
    package var files: Int
    /// Their size in bytes.
    package var bytes: Int
    /// True when the folder has more files than were counted.
    package var hasMore: Bool
    /// The file that the rows are of, as its path within the folder; nil where there is none.
    package var file: String?
    /// The names of the columns.
    package var header: [String]
    /// The first rows.
    package var rows: [[String]]
    /// Why no rows are shown.
    package var remark: String?

    package init(
        files: Int = 0,
        bytes: Int = 0,
        hasMore: Bool = false,
        file: String? = nil,
        header: [String] = [],
        rows: [[String]] = [],
        remark: String? = nil
    ) {
        self.files = files
        self.bytes = bytes
        self.hasMore = hasMore
        self.file = file
        self.header = header
        self.rows = rows
        self.remark = remark
    }
}
