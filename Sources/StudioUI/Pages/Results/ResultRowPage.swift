import BatchDomain
import TerminalKit

/// A row of a job's output, and beside it the row of the input that it was scored from.
struct ResultRowPage: Page {
    /// Minimum width at which both stand side by side.
    static let wideWidth = 90

    let job: String
    let row: Int
    private var found: ResultRow?
    private var failure: Failure?
    private var pane = TextPane()

    init(job: String, row: Int) {
        self.job = job
        self.row = row
    }

    var route: Route { .resultRow(job: job, row: row) }
    var title: String { "Row \(Figures.count(row))" }
    var contexts: [KeyContext] { [.resultRow, .text] }

    /// Only once: the output of a job does not change.
    mutating func appear() -> [Request] { [.fetch(.resultRow(job: job, row: row))] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .resultRow(let found) = content { (self.found, failure) = (found, nil) }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        self.failure = failure
        return true
    }

    func refusal(of command: Command) -> String? {
        command == .previousRow && row == 0 ? "This is the first row." : nil
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextRow: [.replace(.resultRow(job: job, row: row + 1))]
        case .previousRow: [.replace(.resultRow(job: job, row: row - 1))]
        default: []
        }
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        guard let found else { return nil }
        let places = places(in: scene.withMargin.area)
        let lines = [output(of: found), input(of: found)]
        let longest = places.isWide ? lines.max { height($0, scene) < height($1, scene) } : whole(found)
        return pane.handle(event, longest ?? DetailLines(), in: scene.at(places.left)) ? [] : nil
    }

    private func height(_ lines: DetailLines, _ scene: Scene) -> Int {
        lines.lines(width: places(in: scene.withMargin.area).left.width - 4, theme: scene.theme).count
    }

    private func places(in area: Rect) -> (left: Rect, right: Rect, isWide: Bool) {
        guard area.width >= Self.wideWidth else {
            return (area, Rect(x: area.x, y: area.y, width: 0, height: 0), false)
        }
        let (left, right) = area.splitLeft(area.width / 2)
        return (left, right, true)
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let inside = scene.withMargin
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        guard let found else { return inside.drawLoading(on: &canvas) }
        let places = places(in: inside.area)
        guard places.isWide else { return pane.draw(whole(found), in: inside, on: &canvas) }
        pane.draw(output(of: found), in: scene.at(places.left), on: &canvas)
        pane.draw(input(of: found), in: scene.at(places.right), on: &canvas)
    }

    private func whole(_ found: ResultRow) -> DetailLines {
        var lines = output(of: found)
        Self.add(found.input, to: &lines)
        return lines
    }

    private func output(of found: ResultRow) -> DetailLines {
        var lines = DetailLines()
        lines.heading("Output, row \(Figures.count(found.number))")
        for (index, value) in found.values.enumerated() {
            lines.field(index < found.columns.count ? found.columns[index] : "Column \(index + 1)", value)
        }
        return lines
    }

    private func input(of found: ResultRow) -> DetailLines {
        var lines = DetailLines()
        Self.add(found.input, to: &lines)
        return lines
    }

    private static func add(_ input: InputRow?, to lines: inout DetailLines) {
        guard let input else {
            lines.heading("Input")
            return lines.text("The output does not name the row that it was scored from.", role: .muted)
        }
        lines.heading("Input, row \(Figures.count(input.row)) of \(input.file)")
        if let reason = input.reason { lines.text(reason, role: .muted) }
        for cell in input.cells { lines.field(cell.name, cell.value) }
    }
}
