/// The rows of two outputs, joined by file and row, in a stream: what is kept does not grow with them.
///
/// ```swift
/// var comparison = RowComparison(columns: ["prediction"])
/// comparison.join(row: 0, file: "a.csv", ["class_1"], ["class_2"])
/// comparison.columns[0].changed  // 1
/// ```
package struct RowComparison: Equatable, Sendable {
    /// A row that changed.
    package struct Change: Equatable, Sendable {
        /// The file that it was scored from.
        package var file: String
        /// The row in that file.
        package var row: Int
        /// The values before, in the order of the columns.
        package var before: [String]
        /// The values after.
        package var after: [String]
        /// How much it changed: the largest difference of a number, 0 where only texts differ.
        package var size: Double
        /// The row of the input; nil where the outputs do not name it.
        package var input: InputRow?
    }

    /// Maximum rows that are kept.
    package static let maxChanges = 100

    /// The columns that both outputs have, those that name the row left out.
    package private(set) var columns: [ColumnChange]
    /// Rows of both.
    package private(set) var joined = 0
    /// Rows with a value that changed.
    package private(set) var changed = 0
    /// Rows of the first output only.
    package var onlyFirst = 0
    /// Rows of the second output only.
    package var onlySecond = 0
    /// The rows that changed most, the largest change first; then in input order.
    package private(set) var largest: [Change] = []

    package init(columns: [String]) {
        self.columns = columns.map { ColumnChange(name: $0) }
    }

    /// Takes a row that both outputs have.
    package mutating func join(row: Int, file: String, _ before: [String], _ after: [String]) {
        joined += 1
        var (hasChanged, size) = (false, 0.0)
        for index in columns.indices where index < before.count && index < after.count {
            guard let difference = columns[index].join(before[index], after[index]) else { continue }
            hasChanged = true
            size = max(size, difference.isFinite ? abs(difference) : 0)
        }
        guard hasChanged else { return }
        changed += 1
        keep(Change(file: file, row: row, before: before, after: after, size: size))
    }

    /// Takes the rows of the input behind ``largest``, in the same order.
    package mutating func show(_ inputs: [InputRow]) {
        for (index, input) in inputs.enumerated() where largest.indices.contains(index) { largest[index].input = input }
    }

    private mutating func keep(_ change: Change) {
        if largest.count == Self.maxChanges, let least = largest.last, change.size <= least.size { return }
        let place = largest.firstIndex { $0.size < change.size } ?? largest.endIndex
        largest.insert(change, at: place)
        if largest.count > Self.maxChanges { largest.removeLast() }
    }
}
