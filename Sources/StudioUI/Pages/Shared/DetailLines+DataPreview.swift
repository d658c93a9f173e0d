import BatchDomain
import TerminalKit

extension DetailLines {
    /// Describes the head of an input, and how its columns fit where it was compared with a model.
    mutating func add(_ preview: DataPreview, hasModel: Bool) {
        field("Format", preview.format)
        if hasModel {
            field(
                "Verdict",
                preview.isFit ? "✓ fits the model" : "✗ does not fit",
                role: preview.isFit ? .success : .error
            )
        }
        for note in preview.notes { text("! " + note, role: .warning) }
        heading("First rows")
        if preview.rows.isEmpty {
            text("none", role: .muted)
        } else {
            table(preview.header, preview.rows.map { $0.map { $0 ?? "–" } })
        }
        heading("Columns")
        let compared = hasModel ? ["Verdict", "Feeds", "Cast"] : []
        table(
            ["Name"] + compared.prefix(1) + ["Type", "Missing", "Example"] + compared.dropFirst(),
            preview.columns.map { column in
                let verdict = hasModel ? [column.verdict.summary] : []
                let model = hasModel ? [column.feeds ?? "–", column.cast ?? "–"] : []
                return [column.name.isEmpty ? "–" : column.name] + verdict + [
                    column.type, String(column.missing), column.example ?? "–",
                ] + model
            }
        )
        let complaints = preview.complaints
        guard !complaints.isEmpty else { return }
        heading("Problems")
        for complaint in complaints { text("✗ " + complaint, role: .error) }
    }
}
