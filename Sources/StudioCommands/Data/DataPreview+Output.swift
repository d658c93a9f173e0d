import BatchDomain
import BatchManifest

extension Output {
    /// A preview of data; as a table, its parts one below the other.
    ///
    /// - Parameters:
    ///   - preview: The preview.
    ///   - hasModel: Whether its columns were compared with those of a model.
    init(_ preview: DataPreview, hasModel: Bool) {
        self.init([
            "format": .string(preview.format),
            "notes": .list(preview.notes.map { .string($0) }),
            "header": .list(preview.header.map { .string($0) }),
            "rows": .list(preview.rows.map { .list($0.map { ManifestValue($0) }) }),
            "columns": .list(preview.columns.map { Self.value(of: $0) }),
            "problems": .list(preview.problems.map { ["file": .string($0.file), "message": .string($0.message)] }),
        ])
        let compared = hasModel ? [TableColumn("Feeds", "feeds"), TableColumn("Cast", "cast")] : []
        let verdict = hasModel ? [TableColumn("Verdict", "summary")] : []
        sections = [
            Section("Format: \(preview.format)", lines: preview.notes),
            Section("First rows", Self.rows(of: preview), columns: Self.rowColumns(of: preview)),
            Section(
                "Columns",
                .list(preview.columns.map { Self.row(of: $0) }),
                columns: [
                    TableColumn("Name", "name"), TableColumn("Type", "type"), TableColumn("Missing", "missing"),
                    TableColumn("Example", "example"),
                ] + compared + verdict
            ),
        ]
        // Sentences, not cells: the terminal wraps them.
        let complaints = preview.complaints
        if !complaints.isEmpty { sections.append(Section("Problems", lines: complaints)) }
    }

    private static func value(of column: DataPreview.Column) -> ManifestValue {
        [
            "name": .string(column.name), "type": .string(column.type), "missing": .int(column.missing),
            "example": ManifestValue(column.example), "feeds": ManifestValue(column.feeds),
            "cast": ManifestValue(column.cast), "verdict": .string(column.verdict.word),
            "reason": ManifestValue(column.verdict.reason),
        ]
    }

    /// A column with its verdict in a few words.
    private static func row(of column: DataPreview.Column) -> ManifestValue {
        .mapping(
            (value(of: column).entries ?? []) + [ManifestValue.Entry("summary", .string(column.verdict.summary))]
        )
    }

    /// The rows as mappings of positions: a header may have a name twice.
    private static func rows(of preview: DataPreview) -> ManifestValue {
        .list(
            preview.rows.map { row in
                .mapping(row.enumerated().map { ManifestValue.Entry(String($0.offset), ManifestValue($0.element)) })
            }
        )
    }

    private static func rowColumns(of preview: DataPreview) -> [TableColumn] {
        let count = max(preview.header.count, preview.rows.map(\.count).max() ?? 0)
        return (0..<count).map { index in
            TableColumn(index < preview.header.count ? preview.header[index] : "", String(index))
        }
    }
}
