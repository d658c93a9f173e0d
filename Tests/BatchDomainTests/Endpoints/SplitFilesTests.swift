import BatchDomain
import Foundation
import Testing

/// The rule by which large files are split.
struct SplitFilesTests {
    @Test(arguments: [
        ("auto", SplitFiles.auto), ("NEVER", .never), ("64KiB", .size(65_536)), ("1.5MB", .size(1_500_000)),
    ])
    func `A rule is a word or a size`(text: String, rule: SplitFiles) throws {
        var overrides = SettingsOverrides()
        try Setting.splitFiles.set(text, in: &overrides)
        #expect(overrides.splitFiles == rule)
        let settings = DeploymentSettings().overridden(by: overrides)
        #expect(settings.splitFiles == rule)
        let stored = try JSONDecoder().decode(DeploymentSettings.self, from: try JSONEncoder().encode(settings))
        #expect(stored == settings)
    }

    @Test(arguments: ["", "always", "4095", "-1", "64 KiBs"])
    func `Anything else is refused`(text: String) {
        var overrides = SettingsOverrides()
        let problem = #expect(throws: Problem.self) { try Setting.splitFiles.set(text, in: &overrides) }
        #expect(problem?.rule.hasPrefix("must be auto, never, or a size of 4KiB or more") == true)
    }

    @Test func `Without one it depends on how files are scored, and files and pages do not show it`() {
        #expect(DeploymentSettings().splitFiles == nil)
        #expect(SettingsOverrides(DeploymentSettings()).splitFiles == nil)
        #expect(
            SplitFiles.auto.size == 64 << 20 && SplitFiles.never.size == nil && SplitFiles.size(9_000).size == 9_000
        )
    }
}
