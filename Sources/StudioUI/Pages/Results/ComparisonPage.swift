import BatchDomain
import TerminalKit

/// Two jobs side by side: how the distributions of their predictions differ, and which rows changed.
struct ComparisonPage: Page {
    let first: String
    let second: String
    private var comparison: JobComparison?
    private var failure: Failure?
    private var pane = TextPane()

    init(first: String, second: String) {
        self.first = first
        self.second = second
    }

    var route: Route { .comparison(first: first, second: second) }
    var title: String { "\(second) compared with \(first)" }
    var contexts: [KeyContext] { [.text] }

    /// Only once: both outputs are read to their ends.
    mutating func appear() -> [Request] { [.fetch(.comparison(first: first, second: second))] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .comparison(let comparison) = content { (self.comparison, failure) = (comparison, nil) }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        self.failure = failure
        return true
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        let inside = scene.withMargin
        return pane.handle(event, details(width: inside.area.width), in: inside) ? [] : nil
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let inside = scene.withMargin
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        pane.draw(details(width: inside.area.width), in: inside, on: &canvas)
    }

    private func details(width: Int) -> DetailLines {
        var lines = DetailLines()
        guard let comparison else {
            lines.text("● Comparing all rows…")
            return lines
        }
        lines.heading("\(comparison.second) compared with \(comparison.first)")
        for sentence in comparison.sentences { lines.text(sentence) }
        if !comparison.drifts.isEmpty {
            lines.heading("Distributions")
            lines.text(ColumnDrift.thresholds, role: .muted)
            lines.table(Self.table(of: comparison.drifts))
        }
        guard let rows = comparison.rows else { return lines }
        for column in rows.columns where column.changed > 0 { Self.add(column, width: width, to: &lines) }
        guard !rows.largest.isEmpty else { return lines }
        lines.heading(
            rows.changed > rows.largest.count ? "The \(rows.largest.count) largest changes" : "Rows that changed"
        )
        let inputs = rows.inputColumns
        lines.table(
            ["File", "Row"] + rows.columns.map(\.name) + inputs,
            rows.largest.map { change in
                [change.file, Figures.count(change.row)]
                    + zip(change.before, change.after).map { $0 == $1 ? $0 : $0 + " → " + $1 }
                    + inputs.map { name in change.input?.cells.first { $0.name == name }?.value ?? "" }
            }
        )
        return lines
    }

    private static func table(of drifts: [ColumnDrift]) -> DetailTable {
        DetailTable(
            ["Column", "Level", "PSI", "KS", "Missing", "Classes"],
            drifts.map { drift in
                let role: Role =
                    switch drift.level {
                    case .none: .muted
                    case .note: .text
                    case .warning: .warning
                    }
                return [
                    DetailPart(drift.name), DetailPart(drift.level == .none ? "–" : drift.level.rawValue, role),
                    DetailPart(drift.indexText, role), DetailPart(drift.distanceText), DetailPart(drift.missingText),
                    DetailPart(drift.classText),
                ]
            },
            numbers: [2, 3]
        )
    }

    private static func add(_ column: ColumnChange, width: Int, to lines: inout DetailLines) {
        let names = column.classNames
        if !names.isEmpty, names.count <= 12 {
            lines.heading("\(column.name): classes before (rows) and after (columns)")
            lines.table(
                DetailTable(
                    [""] + names,
                    names.map { before in
                        [DetailPart(before, .muted)]
                            + names.map { after in
                                let count = column.count(from: before, to: after)
                                return DetailPart(
                                    Figures.count(count),
                                    before == after || count == 0 ? .text : .warning
                                )
                            }
                    },
                    numbers: Set(1...names.count)
                )
            )
        }
        guard let differences = column.differences, let least = differences.min, let greatest = differences.max else {
            return
        }
        lines.heading("\(column.name): differences")
        lines.text(
            "\(Figures.count(column.changed)) changed, by \(ColumnProfile.number(column.meanDifference ?? 0)) on average"
        )
        let cells = differences.histogram(cells: min(64, max(8, width - 8)))
        for row in Sparkline(cells.map(Double.init)).rows(width: cells.count, height: 4) {
            lines.line([DetailPart("  " + row, .progress)])
        }
        let (low, high) = (ColumnProfile.number(least), ColumnProfile.number(greatest))
        let gap = String(repeating: " ", count: max(2, cells.count - low.count - high.count))
        lines.line([DetailPart("  " + low + gap + high, .muted)])
    }
}
