import BatchDomain
import Foundation

/// Reads all rows of a file one after the other, some thousand at a time.
package struct RowReading {
    private let file: RowFile
    private var page: [[String]] = []
    private var index = 0
    private var next = 0
    private static let pageSize = RowScanner.distance * 4

    package init(_ file: RowFile) {
        self.file = file
    }

    /// The next row; nil after the last one.
    ///
    /// - Throws: ``StudioError`` when the file can't be read.
    package mutating func nextRow() throws -> [String]? {
        if index == page.count {
            try Task.checkCancellation()
            page = try file.rows(from: next, count: Self.pageSize).rows
            next += page.count
            index = 0
            if page.isEmpty { return nil }
        }
        defer { index += 1 }
        return page[index]
    }
}
