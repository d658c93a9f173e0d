import Foundation

/// A table in a page of `docs/` whose rows come from a declaration.
package struct DocumentedTable {
    private let file: String
    private let head: String

    /// - Parameters:
    ///   - page: The page, a name in `docs/`.
    ///   - head: The row of the table's titles.
    package init(page: String, head: String) {
        file = Repository.folder + "/docs/" + page
        self.head = head + "\n|" + String(repeating: "---|", count: head.filter { $0 == "|" }.count - 1) + "\n"
    }

    /// The rows as they are in the page; nil without exactly one such table.
    ///
    /// `RECORD_GOLDENS=1` writes the given ones first.
    package func rows(recording rows: [String]) throws -> [String]? {
        guard let (before, found, after) = try parts() else { return nil }
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != "1" { return found }
        let page = before + head + rows.map { $0 + "\n" }.joined() + after
        try page.write(toFile: file, atomically: true, encoding: .utf8)
        return try parts()?.rows
    }

    private func parts() throws -> (before: String, rows: [String], after: String)? {
        let parts = try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: head)
        guard parts.count == 2 else { return nil }
        let lines = parts[1].components(separatedBy: "\n")
        let rows = Array(lines.prefix { $0.hasPrefix("|") })
        return (parts[0], rows, lines.dropFirst(rows.count).joined(separator: "\n"))
    }
}
