import BatchDomain
import TestSupport
import Testing

/// `docs/inputs.md`: the table of read options is that of the record which everything reads.
struct InputsPageTests {
    private static let table = DocumentedTable(
        page: "inputs.md",
        head: "| key | value | meaning |"
    )

    private static var rows: [String] {
        ReadOption.allCases.map { option in
            let example = "Example: `\(option.example)`"
            return "| `\(option.key)` | \(option.valuesText) | \(option.help) \(example) |"
        }
    }

    /// `RECORD_GOLDENS=1` writes it.
    @Test func `The table of read options is that of their declaration`() throws {
        #expect(try Self.table.rows(recording: Self.rows) == Self.rows)
    }
}
