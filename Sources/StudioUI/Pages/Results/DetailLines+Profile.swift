import BatchDomain
import TerminalKit

extension DetailLines {
    /// The profile of a column: how many values, which ones, and how they are distributed.
    mutating func add(_ column: ColumnProfile, width: Int) {
        heading("\(column.name) · \(column.mainKind)")
        field("Values", Figures.count(column.count))
        let missing = "\(Figures.count(column.missing)) · \(Figures.percent(column.missingShare))"
        field("Missing", column.missing == 0 ? "0" : missing, role: column.missing > 0 ? .warning : .muted)
        field("Distinct", column.distinct.map { Figures.count($0) } ?? "more than are counted")
        if let lengths = column.lengths {
            field("Length", "\(lengths.min) to \(lengths.max), mean \(ColumnProfile.number(lengths.mean))")
        }
        if let numbers = column.numbers { add(numbers, of: column, width: width) }
        if column.numbers == nil || column.isClasses { addValues(of: column, width: width) }
    }

    private mutating func add(_ numbers: NumberProfile, of column: ColumnProfile, width: Int) {
        if let histogram = numbers.histogram, numbers.min != numbers.max {
            let cells = numbers.histogram(cells: min(64, max(8, width - 8)))
            blank()
            for row in Sparkline(cells.map(Double.init)).rows(width: cells.count, height: 4) {
                line([DetailPart("  " + row, .progress)])
            }
            let (low, high) = (column.text(of: histogram.low), column.text(of: histogram.high))
            let gap = String(repeating: " ", count: max(2, cells.count - low.count - high.count))
            line([DetailPart("  " + low + gap + high, .muted)])
            blank()
        }
        field("Mean", column.text(of: numbers.mean))
        field("Deviation", column.isTime ? "–" : column.text(of: numbers.deviation))
        field("Minimum", column.text(of: numbers.min))
        for share in [0.05, 0.25, 0.5, 0.75, 0.95] {
            let name = share == 0.5 ? "Median" : "\(Int((share * 100).rounded())) %"
            field(name, column.text(of: numbers.keptQuantile(share)))
        }
        field("Maximum", column.text(of: numbers.max))
        if numbers.infinite.contains(where: { $0 > 0 }) {
            field("Infinite", numbers.infinite.map { Figures.count($0) }.joined(separator: " negative, ") + " positive")
        }
    }

    private mutating func addValues(of column: ColumnProfile, width: Int) {
        let shown = column.values.prefix(20)
        guard let most = shown.first?.count, most > 0 else { return }
        blank()
        let room = max(4, min(40, width - 40))
        for value in shown {
            let bar = String(repeating: "█", count: max(1, value.count * room / most))
            field(
                value.text,
                "\(bar) \(Figures.count(value.count)) · \(Figures.percent(column.share(of: value.text)))",
                role: .progress
            )
        }
        let others = column.values.count - shown.count
        if others > 0 { text("… and \(Figures.count(others, "other value"))", role: .muted) }
    }
}
