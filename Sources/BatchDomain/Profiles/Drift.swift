/// How a job's predictions differ from those of its endpoint's baseline, as it was found when the job ended.
///
/// ```swift
/// let drift = Drift(of: profile, from: baseline, named: "monday")
/// drift.columns.map(\.words)  // ["prediction: class_2 28 % → 41 %, PSI 0.23"]
/// ```
package struct Drift: Equatable, Sendable, Codable {
    /// Maximum columns that are kept, the worst first.
    package static let maxColumns = 50
    /// Maximum classes of a column that are kept as new, and as vanished.
    package static let maxClasses = 10

    /// The job that is the baseline.
    package let baseline: String
    /// The columns beyond a threshold, the worst first.
    package let columns: [Column]
    /// Columns beyond a threshold that are not kept.
    package let others: Int
    /// The level of the worst column; nil where the job was not compared.
    package let level: ColumnDrift.Level?
    /// Why the job was not compared, in a sentence; nil where it was.
    package let note: String?

    /// The drift of a job that can't be compared.
    package init(notComparedWith baseline: String, because note: String) {
        self.baseline = baseline
        self.note = note
        (columns, others, level) = ([], 0, nil)
    }

    /// Compares a profile with that of the baseline.
    package init(of profile: Profile, from first: Profile, named baseline: String) {
        self.baseline = baseline
        note = nil
        let compared = first.columns.compactMap { column in
            profile.column(column.name).map { Column(from: column, to: $0) }
        }
        let vanished = first.columns.filter { profile.column($0.name) == nil }.map { Column($0.name, .vanished) }
        let new = profile.columns.filter { first.column($0.name) == nil }.map { Column($0.name, .new) }
        let found = (compared + vanished + new).filter { $0.level > .none }.enumerated().sorted { one, other in
            let (left, right) = (one.element, other.element)
            if left.level != right.level { return left.level > right.level }
            let (index, otherIndex) = (left.index ?? 0, right.index ?? 0)
            return index == otherIndex ? one.offset < other.offset : index > otherIndex
        }
        columns = found.prefix(Self.maxColumns).map(\.element)
        others = max(0, found.count - Self.maxColumns)
        level = found.first?.element.level ?? ColumnDrift.Level.none
    }

    /// The columns with a warning.
    package var warnings: [Column] { columns.filter { $0.level == .warning } }

    /// What was found, a sentence each: one where nothing is beyond a threshold.
    package var sentences: [String] {
        if let note { return ["Not compared with the baseline \(baseline): \(note)"] }
        if columns.isEmpty { return ["No drift from the baseline \(baseline)."] }
        return columns.map(\.words) + (others > 0 ? ["… and \(Figures.count(others, "other column"))"] : [])
    }
}
