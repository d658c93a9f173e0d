import Foundation
import TestSupport
import Testing

/// `docs/azure-compatibility.md` says which tests hold each promise: they must be there.
struct CompatibilityPageTests {
    /// A row of a table.
    struct Row: CustomStringConvertible, Sendable {
        var name: String
        var verdict: String
        var explanation: String
        /// What is named in backquotes.
        var tests: [String]

        var description: String { name }
    }

    static let rows: [Row] = {
        let page =
            (try? String(contentsOfFile: Repository.folder + "/docs/azure-compatibility.md", encoding: .utf8)) ?? ""
        return page.split(separator: "\n").compactMap { line in
            // `\|` is a sign in a cell, not its end.
            let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.replacing("\u{1}", with: "|").trimmingCharacters(in: .whitespaces) }
            guard cells.count == 6, cells[1] != "in Azure", !cells[1].hasPrefix("---") else { return nil }
            let tests = cells[4].split(separator: "<br>").map(String.init)
            return Row(
                name: cells[1],
                verdict: cells[2],
                explanation: cells[3],
                tests: tests.filter { $0.hasPrefix("`") }.map { $0.trimmingCharacters(in: ["`"]) }
            )
        }
    }()

    /// The text of every test file, by its path.
    private static let files: [String: String] = {
        let folder = Repository.folder + "/Tests"
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let sources = names.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".py") }
        return Dictionary(
            uniqueKeysWithValues: sources.map {
                ($0, (try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) ?? "")
            }
        )
    }()

    @Test func `has a row for every point of the reference`() {
        #expect(Self.rows.count > 150)
    }

    @Test(arguments: rows)
    func `says same, better or not, with a test or a reason`(row: Row) {
        switch row.verdict {
        case "same": #expect(!row.tests.isEmpty)
        case "better": #expect(!row.explanation.isEmpty && !row.tests.isEmpty)
        case "not": #expect(!row.explanation.isEmpty)
        default: Issue.record("'\(row.verdict)' is neither same, better nor not")
        }
    }

    @Test(arguments: rows)
    func `names tests that exist`(row: Row) {
        for test in row.tests { #expect(Self.exists(test), "\(test)") }
    }

    private static func exists(_ test: String) -> Bool {
        guard let colon = test.firstRange(of: ": ") else {
            return FileManager.default.fileExists(atPath: "\(Repository.folder)/\(test)")
        }
        let (suite, name) = (test[..<colon.lowerBound], test[colon.upperBound...])
        return files.contains { path, text in
            suite.hasSuffix(".py")
                ? path.hasSuffix("/\(suite)") && text.contains("def \(name)(")
                : text.contains("struct \(suite) ") && text.contains("func `\(name)`")
        }
    }
}
