import BatchDomain
import TestSupport
import Testing

/// `docs/commands.md`: the table of settings is that of their declaration.
struct SettingsPageTests {
    private static let table = DocumentedTable(
        page: "commands.md",
        head: "| key | default | one job | values | meaning |"
    )

    private static var rows: [String] {
        Setting.allCases.map { setting in
            let value = setting.defaultText.isEmpty ? "" : "`\(setting.defaultText)`"
            let isOverridable = setting.isOverridableInAzure ? "yes" : ""
            return "| `\(setting.key)` | \(value) | \(isOverridable) | \(values(of: setting)) | \(setting.help) |"
        }
    }

    private static func values(of setting: Setting) -> String {
        switch setting.values {
        case .wholeNumber(let minimum, let unit): "\(unit), \(minimum) or more"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: " ")
        case .fileName: "the name of a file"
        case .memory(let minimum): "a size, \(ByteSize.exactText(minimum)) or more"
        case .splitting(let minimum): "`auto` `never` or a size, \(ByteSize.exactText(minimum)) or more"
        case .dictionary: "names and values"
        case .readOptions: "[read options](inputs.md)"
        }
    }

    /// `RECORD_GOLDENS=1` writes it.
    @Test func `The table of settings is that of their declaration`() throws {
        #expect(try Self.table.rows(recording: Self.rows) == Self.rows)
    }
}
