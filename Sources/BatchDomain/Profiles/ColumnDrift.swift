/// How far the values of a column are from those of another profile's column of the same name.
///
/// The first column is the reference: the deciles and the classes that are new are seen from it.
package struct ColumnDrift: Equatable, Sendable {
    /// How much a difference says.
    package enum Level: String, Sendable, Comparable, Codable {
        /// No more than chance explains.
        case none
        /// Worth a note.
        case note
        /// A warning.
        case warning

        package static func < (one: Level, other: Level) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .none: 0
            case .note: 1
            case .warning: 2
            }
        }
    }

    /// The largest distance of two cumulative distributions, as far as bins tell.
    package struct Distance: Equatable, Sendable {
        /// The distance at the bounds of the bins.
        package var statistic: Double
        /// Maximum by which the distance of the values themselves is larger; 0 where every value is known.
        package var bound: Double
    }

    /// PSI from which on there is a note.
    package static let notedIndex = 0.1
    /// PSI from which on there is a warning.
    package static let warnedIndex = 0.2
    /// Difference of the shares of missing values from which on there is a warning.
    package static let warnedMissing = 0.05
    /// Minimum share of a class or decile in the index: a share of 0 would make it infinite.
    package static let leastShare = 1e-4

    /// The column's name.
    package let name: String
    /// The population stability index (PSI) over deciles or classes; nil where values can't be compared.
    package let index: Double?
    /// The Kolmogorov–Smirnov statistic of the numbers; nil without numbers on both sides.
    package let distance: Distance?
    /// How much larger the share of missing values is.
    package let missingDifference: Double
    /// Classes that only the second column has.
    package let newClasses: [String]
    /// Classes that only the first column has.
    package let vanishedClasses: [String]

    package init(from first: ColumnProfile, to second: ColumnProfile) {
        name = first.name
        missingDifference = second.missingShare - first.missingShare
        let areClasses = first.isComparedAsClasses && second.isComparedAsClasses
        if areClasses {
            let (before, after) = (Set(first.values.map(\.text)), Set(second.values.map(\.text)))
            newClasses = second.values.map(\.text).filter { !before.contains($0) }
            vanishedClasses = first.values.map(\.text).filter { !after.contains($0) }
        } else {
            newClasses = []
            vanishedClasses = []
        }
        let line = NumberLine(binsOf: first, second)
        distance = (NumberLine(valuesOf: first, second) ?? line)?.distance
        let parts = areClasses ? Self.classes(first, second) : line.map { $0.deciles + $0.others }
        index = parts.map { Self.index($0 + [(first.missing, second.missing)], of: (first.rows, second.rows)) }
    }

    /// The level of the difference: by PSI, by missing values, and by classes that are new or have vanished.
    package var level: Level {
        if (index ?? 0) >= Self.warnedIndex || abs(missingDifference) >= Self.warnedMissing { return .warning }
        if (index ?? 0) >= Self.notedIndex || !newClasses.isEmpty || !vanishedClasses.isEmpty { return .note }
        return .none
    }

    private static func classes(_ first: ColumnProfile, _ second: ColumnProfile) -> [(Int, Int)] {
        let counts = [first, second].map { Dictionary($0.values.map { ($0.text, $0.count) }) { one, _ in one } }
        return Set(counts[0].keys).union(counts[1].keys).sorted().map { (counts[0][$0] ?? 0, counts[1][$0] ?? 0) }
    }

    private static func index(_ parts: [(Int, Int)], of rows: (Int, Int)) -> Double {
        guard rows.0 > 0, rows.1 > 0 else { return 0 }
        return parts.filter { $0.0 > 0 || $0.1 > 0 }.reduce(0) { sum, part in
            let before = max(leastShare, Double(part.0) / Double(rows.0))
            let after = max(leastShare, Double(part.1) / Double(rows.1))
            return sum + (after - before) * (after / before).naturalLogarithm
        }
    }
}

/// The numbers of two columns on one line, in the same cells.
private struct NumberLine {
    /// The counts of both columns in a cell.
    struct Pair {
        var first = 0
        var second = 0
    }

    private let pairs: [Pair]
    private let totals: (Int, Int)
    private let rest: (Int, Int)
    private let isExact: Bool

    /// The line in bins that both columns have; nil without numbers on both sides.
    init?(binsOf first: ColumnProfile, _ second: ColumnProfile) {
        guard let one = first.numbers, let other = second.numbers else { return nil }
        let shift = max(one.bins.shift, other.bins.shift)
        let cells = [one, other].map { $0.cells(shift: shift).map { ($0.low, $0.count) } }
        self.init(cells[0], cells[1], of: (first.count, second.count), isExact: false)
    }

    /// The line in the values themselves; nil where a column has too many for that, or others than numbers.
    init?(valuesOf first: ColumnProfile, _ second: ColumnProfile) {
        guard let one = Self.known(first), let other = Self.known(second) else { return nil }
        self.init(one, other, of: (first.count, second.count), isExact: true)
    }

    private init?(_ first: [(Double, Int)], _ second: [(Double, Int)], of counts: (Int, Int), isExact: Bool) {
        var cells: [Double: Pair] = [:]
        for (value, count) in first { cells[value, default: Pair()].first += count }
        for (value, count) in second { cells[value, default: Pair()].second += count }
        pairs = cells.sorted { $0.key < $1.key }.map(\.value)
        totals = pairs.reduce((0, 0)) { ($0.0 + $1.first, $0.1 + $1.second) }
        guard totals.0 > 0, totals.1 > 0 else { return nil }
        rest = (counts.0 - totals.0, counts.1 - totals.1)
        self.isExact = isExact
    }

    /// Every number of a column with its count; nil where some are not known.
    private static func known(_ column: ColumnProfile) -> [(Double, Int)]? {
        guard column.distinct != nil, column.kinds.count == 1, column.kinds["number"] != nil else { return nil }
        let numbers = column.values.compactMap { value in Double(value.text).map { ($0, value.count) } }
        return numbers.count == column.values.count ? numbers : nil
    }

    /// The counts between the deciles of the first column, which are moved to the next bound of a cell.
    var deciles: [(Int, Int)] {
        var parts: [(Int, Int)] = []
        var (part, before, next) = ((0, 0), 0, 1)
        for pair in pairs {
            part = (part.0 + pair.first, part.1 + pair.second)
            before += pair.first
            guard next < 10, before * 10 >= totals.0 * next else { continue }
            parts.append(part)
            part = (0, 0)
            // A cell with more than a tenth of the values ends several deciles at once.
            next = before * 10 / totals.0 + 1
        }
        return parts + [part]
    }

    /// Values that are no numbers, as one class.
    var others: [(Int, Int)] { [rest] }

    var distance: ColumnDrift.Distance {
        var (statistic, most) = (0.0, 0.0)
        var before = (0.0, 0.0)
        for pair in pairs {
            let after = (
                before.0 + Double(pair.first) / Double(totals.0), before.1 + Double(pair.second) / Double(totals.1)
            )
            statistic = max(statistic, abs(after.0 - after.1))
            // Within a cell, all values of one column may come before those of the other.
            most = max(most, after.0 - before.1, after.1 - before.0)
            before = after
        }
        return ColumnDrift.Distance(statistic: statistic, bound: isExact ? 0 : max(0, most - statistic))
    }
}
