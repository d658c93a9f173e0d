import TerminalKit

extension WizardPage {
    var hasPreview: Bool { reading == nil }
    // The form needs more room than its preview.
    var paneShare: Int { 36 }

    /// What the answers mean: of the review the same as YAML and commands.
    var preview: Preview? {
        guard isReview else { return wizard.preview(of: step) }
        guard problems.isEmpty else { return nil }
        let script = wizard.script
        return Preview(title: "The same from a script", subject: nil) { _, _ in
            var lines = DetailLines()
            for line in script.split(separator: "\n", omittingEmptySubsequences: false) { lines.text(String(line)) }
            return lines
        }
    }
}
