import BatchDomain
import BatchManifest
import DisplayText

extension Output {
    /// Maximum classes of a confusion table, and rows that changed, that a terminal shows; JSON has all.
    private static let maxShownRows = 10

    /// Two jobs compared; as a table, its parts one below the other.
    init(_ comparison: JobComparison) {
        self.init(ManifestValue(comparison))
        sections = [
            Section("\(comparison.second) compared with \(comparison.first)", lines: comparison.sentences),
            Self.drifts(of: comparison),
        ]
        guard let rows = comparison.rows else { return }
        for column in rows.columns where column.changed > 0 {
            sections += Self.sections(of: column)
        }
        sections.append(Self.largest(of: rows))
    }

    private static func drifts(of comparison: JobComparison) -> Section {
        Section(
            "Distributions: \(ColumnDrift.thresholds)",
            .list(
                comparison.drifts.map { drift in
                    [
                        "name": .string(drift.name), "level": .string(drift.level == .none ? "" : drift.level.rawValue),
                        "psi": .string(drift.indexText), "ks": .string(drift.distanceText),
                        "missing": .string(drift.missingText), "classes": .string(drift.classText),
                    ]
                }
            ),
            columns: [
                TableColumn("Column", "name"), TableColumn("Level", "level"), TableColumn("PSI", "psi"),
                TableColumn("KS", "ks"), TableColumn("Missing", "missing"), TableColumn("Classes", "classes"),
            ]
        )
    }

    private static func sections(of column: ColumnChange) -> [Section] {
        var sections: [Section] = []
        if !column.classNames.isEmpty, column.classNames.count <= maxShownRows {
            let names = column.classNames
            sections.append(
                Section(
                    "\(column.name): classes before (rows) and after (columns)",
                    .list(
                        names.map { before in
                            .mapping(
                                [ManifestValue.Entry("before", .string(before))]
                                    + names.enumerated().map { index, after in
                                        let count = column.count(from: before, to: after)
                                        return ManifestValue.Entry("\(index)", .string(Figures.count(count)))
                                    }
                            )
                        }
                    ),
                    columns: [TableColumn("", "before")]
                        + names.enumerated().map {
                            TableColumn($0.element.isEmpty ? "(missing)" : $0.element, "\($0.offset)")
                        }
                )
            )
        }
        if let differences = column.differences, let least = differences.min, let greatest = differences.max {
            let text = ColumnProfile.number
            sections.append(
                Section(
                    "\(column.name): differences",
                    lines: [
                        "\(Figures.count(column.changed)) changed, by \(text(column.meanDifference ?? 0)) on average",
                        "\(text(least)) \(Blocks.bars(differences.histogram(cells: 32))) \(text(greatest))",
                    ]
                )
            )
        }
        return sections
    }

    private static func largest(of rows: RowComparison) -> Section {
        let shown = rows.largest.prefix(maxShownRows)
        let title =
            rows.changed > shown.count ? "The \(shown.count) largest changes (-o json has 100)" : "Rows that changed"
        return Section(
            title,
            .list(
                shown.map { change in
                    .mapping(
                        [
                            ManifestValue.Entry("file", .string(change.file)),
                            ManifestValue.Entry("row", .int(change.row)),
                        ]
                            + zip(change.before, change.after).enumerated().map { index, pair in
                                let (before, after) = (pair.0.fitted(to: 24), pair.1.fitted(to: 24))
                                let text = before == after && pair.0 == pair.1 ? before : before + " → " + after
                                return ManifestValue.Entry("\(index)", .string(text))
                            }
                            + [ManifestValue.Entry("input", .string(change.input?.line.fitted(to: 60) ?? ""))]
                    )
                }
            ),
            columns: [TableColumn("File", "file"), TableColumn("Row", "row")]
                + rows.columns.enumerated().map { TableColumn($0.element.name, "\($0.offset)") }
                + (rows.inputColumns.isEmpty ? [] : [TableColumn("Input", "input")])
        )
    }
}
