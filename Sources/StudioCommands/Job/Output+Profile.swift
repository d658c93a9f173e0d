import BatchDomain
import BatchManifest
import DisplayText

extension Output {
    /// A job's profile; as a table a row a column, and for one column its values and quantiles.
    ///
    /// - Parameters:
    ///   - profile: The profile.
    ///   - columns: Its columns that are shown.
    ///   - hasBins: True to print the bins of numbers.
    init(_ profile: Profile, columns: [ColumnProfile], hasBins: Bool) {
        self.init(ManifestValue(profile, columns: columns, hasBins: hasBins))
        let batches = profile.miniBatches.map { " from " + Figures.count($0, "mini-batch", plural: "mini-batches") }
        sections = [
            Section(
                Figures.count(profile.rows, "row") + (batches ?? ""),
                .list(columns.map { Self.row(of: $0) }),
                columns: [
                    TableColumn("Column", "name"), TableColumn("Kind", "kind"), TableColumn("Values", "count"),
                    TableColumn("Missing", "missing"), TableColumn("Distinct", "distinct"), TableColumn("Min", "min"),
                    TableColumn("Median", "median"), TableColumn("Mean", "mean"), TableColumn("Max", "max"),
                    TableColumn("Distribution", "distribution"),
                ]
            )
        ]
        if let note = profile.omittedNote { sections.append(Section("Columns without a profile", lines: [note])) }
        guard columns.count == 1, let column = columns.first else { return }
        sections += [Self.values(of: column), column.numbers.map { Self.quantiles(of: column, $0) }].compactMap { $0 }
    }

    private static func row(of column: ColumnProfile) -> ManifestValue {
        let numbers = column.numbers
        let text: (Double?) -> ManifestValue = { numbers == nil ? .null : .string(column.text(of: $0)) }
        return [
            "name": .string(column.name), "kind": .string(column.mainKind),
            "count": .string(Figures.count(column.count)),
            "missing": .string(Figures.count(column.missing)),
            "distinct": .string(column.distinct.map { Figures.count($0) } ?? "many"), "min": text(numbers?.min),
            "median": text(numbers?.keptQuantile(0.5)), "mean": text(numbers?.mean), "max": text(numbers?.max),
            "distribution": .string(distribution(of: column)),
        ]
    }

    /// The histogram of numbers, in 32 cells at most; of others the commonest values.
    private static func distribution(of column: ColumnProfile) -> String {
        if let numbers = column.numbers { return Blocks.bars(numbers.histogram(cells: 32)) }
        let shown = column.values.prefix(3)
        let values = shown.map { "\($0.text.fitted(to: 24)) \(Figures.percent(column.share(of: $0.text)))" }
        return values.joined(separator: ", ") + (column.values.count > shown.count ? ", …" : "")
    }

    private static func values(of column: ColumnProfile) -> Section? {
        let shown = column.values.prefix(20)
        guard let top = shown.first?.count, top > 0 else { return nil }
        let title = shown.count < column.values.count ? "The 20 commonest values" : "Values"
        return Section(
            title,
            .list(
                shown.map { value in
                    let cells = max(1, Int((Double(value.count) / Double(top) * 32).rounded()))
                    return [
                        "value": .string(value.text), "count": .string(Figures.count(value.count)),
                        "share": .string(Figures.percent(column.share(of: value.text))),
                        "bar": .string(String(repeating: "█", count: cells)),
                    ]
                }
            ),
            columns: [
                TableColumn("Value", "value"), TableColumn("Count", "count"), TableColumn("Share", "share"),
                TableColumn("", "bar"),
            ]
        )
    }

    private static func quantiles(of column: ColumnProfile, _ numbers: NumberProfile) -> Section {
        let quantiles = (numbers.quantiles ?? []).map { ("\(ColumnProfile.number($0.share * 100)) %", $0.value) }
        let ends = [("min", numbers.min)] + quantiles.map { ($0.0, $0.1) } + [("max", numbers.max)]
        return Section(
            "Quantiles",
            .list(ends.map { ["share": .string($0.0), "value": .string(column.text(of: $0.1))] }),
            columns: [TableColumn("Share", "share"), TableColumn("Value", "value")]
        )
    }
}
