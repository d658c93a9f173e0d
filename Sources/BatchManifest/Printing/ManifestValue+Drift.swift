package import BatchDomain

extension ManifestValue {
    /// What was found when a job was compared with its endpoint's baseline: the columns beyond a threshold.
    package init(_ drift: Drift) {
        self = [
            "baseline": .string(drift.baseline),
            "level": ManifestValue(drift.level?.rawValue),
            "note": ManifestValue(drift.note),
            "columns": .list(drift.columns.map { ManifestValue($0) }),
            "other_columns": .int(drift.others),
        ]
    }

    private init(_ column: Drift.Column) {
        self = [
            "name": .string(column.name), "kind": .string(column.kind.rawValue),
            "level": .string(column.level.rawValue), "psi": ManifestValue(column.index),
            "class": ManifestValue(column.className), "before": ManifestValue(column.before),
            "after": ManifestValue(column.after), "missing_before": .double(column.missingBefore),
            "missing_after": .double(column.missingAfter),
            "new_classes": .list(column.newClasses.map { .string($0.name) }),
            "vanished_classes": .list(column.vanishedClasses.map { .string($0.name) }),
            "words": .string(column.words),
        ]
    }
}
