import BatchDomain
import Foundation
import TestSupport
import Testing

/// `docs/inputs.md`: the table of read options is that of the record which everything reads.
struct InputsPageTests {
    private static let file = Repository.folder + "/docs/inputs.md"
    private static let head = "| key | value | meaning |\n|---|---|---|\n"

    private static var table: String {
        ReadOption.allCases.map { option in
            let example = "Example: `\(option.example)`"
            return "| `\(option.key)` | \(option.valuesText) | \(option.help) \(example) |\n"
        }.joined()
    }

    /// `RECORD_GOLDENS=1` writes it.
    @Test func `The table of read options is that of their declaration`() throws {
        let page = try String(contentsOfFile: Self.file, encoding: .utf8)
        let parts = page.components(separatedBy: Self.head)
        try #require(parts.count == 2)
        let rows = parts[1].split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("|") }
        let found = rows.map { $0 + "\n" }.joined()
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
            try (parts[0] + Self.head + Self.table + parts[1].dropFirst(found.count)).write(
                toFile: Self.file,
                atomically: true,
                encoding: .utf8
            )
        }
        let written = try String(contentsOfFile: Self.file, encoding: .utf8)
        #expect(written.contains(Self.head + Self.table + "\n"))
    }
}
