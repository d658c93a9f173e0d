package import BatchDomain

extension ManifestValue {
    /// Two jobs compared, with the thresholds that the levels come from.
    package init(_ comparison: JobComparison) {
        self = [
            "first": .string(comparison.first),
            "second": .string(comparison.second),
            "same_input": comparison.isSameInput.map { .bool($0) } ?? .null,
            "thresholds": [
                "psi_note": .double(ColumnDrift.notedIndex), "psi_warning": .double(ColumnDrift.warnedIndex),
                "missing_warning": .double(ColumnDrift.warnedMissing),
            ],
            "columns": .list(comparison.drifts.map { ManifestValue($0) }),
            "new_columns": .list(comparison.newColumns.map { .string($0) }),
            "vanished_columns": .list(comparison.vanishedColumns.map { .string($0) }),
            "profile_note": ManifestValue(comparison.profileNote),
            "rows": comparison.rows.map { ManifestValue($0) } ?? .null,
            "row_note": ManifestValue(comparison.rowNote),
        ]
    }

    private init(_ drift: ColumnDrift) {
        self = [
            "name": .string(drift.name), "level": .string(drift.level.rawValue), "psi": ManifestValue(drift.index),
            "ks": ManifestValue(drift.distance?.statistic), "ks_bound": ManifestValue(drift.distance?.bound),
            "missing_difference": .double(drift.missingDifference),
            "new_classes": .list(drift.newClasses.map { .string($0) }),
            "vanished_classes": .list(drift.vanishedClasses.map { .string($0) }),
        ]
    }

    private init(_ rows: RowComparison) {
        self = [
            "joined": .int(rows.joined), "changed": .int(rows.changed), "only_first": .int(rows.onlyFirst),
            "only_second": .int(rows.onlySecond),
            "columns": .list(rows.columns.map { ManifestValue($0) }),
            "largest_changes": .list(
                rows.largest.map { change in
                    [
                        "file": .string(change.file), "row": .int(change.row), "size": .double(change.size),
                        "before": .mapping(zip(rows.columns, change.before).map { Entry($0.name, .string($1)) }),
                        "after": .mapping(zip(rows.columns, change.after).map { Entry($0.name, .string($1)) }),
                        "input": change.input.map { input in
                            input.reason == nil
                                ? .mapping(input.cells.map { Entry($0.name, .string($0.value)) }) : .null
                        } ?? .null,
                        "input_note": ManifestValue(change.input?.reason),
                    ]
                }
            ),
        ]
    }

    private init(_ column: ColumnChange) {
        let differences = column.differences
        self = [
            "name": .string(column.name), "changed": .int(column.changed),
            "confusion": column.confusion.map { cells in
                .list(
                    cells.map {
                        ["before": .string($0.before), "after": .string($0.after), "count": .int($0.count)]
                    }
                )
            } ?? .null,
            "mean_difference": ManifestValue(column.meanDifference),
            "smallest_difference": ManifestValue(differences?.min),
            "largest_difference": ManifestValue(differences?.max),
            "difference_histogram": differences?.histogram.map { .list($0.counts.map { .int($0) }) } ?? .null,
        ]
    }
}
