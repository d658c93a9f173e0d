import BatchDomain
import Foundation
import TestSupport
import Testing

/// `docs/commands.md`: the table of settings is that of their declaration.
struct SettingsPageTests {
    private static let file = Repository.folder + "/docs/commands.md"
    private static let head = "| key | default | one job | values | meaning |\n|---|---|---|---|---|\n"

    private static var table: String {
        Setting.allCases.map { setting in
            let value = setting.defaultText.isEmpty ? "" : "`\(setting.defaultText)`"
            let isOverridable = setting.isOverridableInAzure ? "yes" : ""
            return "| `\(setting.key)` | \(value) | \(isOverridable) | \(values(of: setting)) | \(setting.help) |\n"
        }.joined()
    }

    private static func values(of setting: Setting) -> String {
        switch setting.values {
        case .wholeNumber(let minimum, let unit): "\(unit), \(minimum) or more"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: " ")
        case .fileName: "the name of a file"
        case .memory(let minimum): "a size, \(MemorySize.text(minimum)) or more"
        case .dictionary: "names and values"
        case .readOptions: "[read options](inputs.md)"
        }
    }

    /// `RECORD_GOLDENS=1` writes it.
    @Test func `The table of settings is that of their declaration`() throws {
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
