/// A line of CSV by itself.
package enum CSVLine {
    /// Its cells, without quotes.
    package static func cells(of line: String) -> [String] {
        var reader = CSVReader()
        var cells: [String] = []
        let take: ([String]) -> Bool = { row in
            cells = row
            return true
        }
        _ = reader.read(line.utf8, take)
        reader.finish(take)
        return cells
    }
}
