import BatchDomain
import TerminalKit

extension DetailLines {
    /// Sums up a column of an output: how many cells, and either from where to where or the commonest as bars.
    mutating func add(_ column: OutputPreview.Column, width: Int) {
        heading(column.name)
        field("Count", Figures.count(column.count))
        field("Missing", Figures.count(column.missing), role: column.missing > 0 ? .warning : .muted)
        switch column.values {
        case .none: break
        case .numbers(let minimum, let mean, let maximum):
            field("Minimum", "\(minimum)")
            field("Mean", "\(mean)")
            field("Maximum", "\(maximum)")
        case .texts(let commonest, let distinct):
            field("Different values", distinct < 1000 ? Figures.count(distinct) : "1,000 or more")
            let most = commonest.first?.count ?? 1
            let room = max(4, min(40, width - 40))
            for value in commonest {
                let length = max(1, value.count * room / max(1, most))
                let share = Figures.percent(Double(value.count) / Double(max(1, column.count)))
                let bar = String(repeating: "█", count: length)
                field(value.text, "\(bar) \(Figures.count(value.count)) · \(share)", role: .progress)
            }
        }
    }
}
