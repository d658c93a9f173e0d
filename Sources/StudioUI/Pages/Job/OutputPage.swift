import BatchDomain
import DisplayText
import TerminalKit

/// A file of a job's output: its first rows as a table, and what is in each column.
struct OutputPage: Page {
    let job: String
    let file: String
    private var preview: OutputPreview?
    private var failure: Failure?
    private var tab = 0
    private var table = TableState()
    private var pane = TextPane()

    init(job: String, file: String) {
        self.job = job
        self.file = file
    }

    var route: Route { .output(job: job, file: file) }
    var title: String { file.split(separator: "/").last.map { String($0) } ?? file }
    var contexts: [KeyContext] { tab == 0 ? [.output, .tabs, .table] : [.output, .tabs, .text] }

    /// Only once: the file does not change when the workspace does, and may be large.
    mutating func appear() -> [Request] { [.fetch(.preview(file: file, job: job))] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .preview(let preview) = content { (self.preview, failure) = (preview, nil) }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        self.failure = failure
        return true
    }

    func refusal(of command: Command) -> String? {
        if OutputFile.isParquet(file) {
            switch command {
            case .open, .filter, .sort, .reverseSort: return "Here are the first rows of the file."
            case .openOutput: return "A pager shows text only, not Parquet."
            default: return nil
            }
        }
        return switch command {
        case .open, .filter, .sort, .reverseSort: "The pager (o) searches the whole file; here are its first rows."
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextTab, .previousTab: tab = 1 - tab
        case .openOutput: return [.read(file: file)]
        case .copy: return [.offer(id: "copy", copies.picker)]
        default: break
        }
        return []
    }

    private var copies: Copies { Copies([("Path", file)]) }

    mutating func answer(_ question: String, _ choice: String) -> [Request] { copies.request(choice) }

    private var tabs: Tabs { Tabs(["Rows", "Columns"], selected: tab) }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        if event.click(in: scene.area.row(0)) != nil {
            var tabs = tabs
            if case .opened(let index)? = tabs.handle(event, in: scene.area.row(0)) { tab = index }
            return []
        }
        let inside = scene.at(scene.area.splitTop(1).rest).withMargin
        guard let preview else { return nil }
        if tab == 1 { return pane.handle(event, summary(preview, inside), in: inside) ? [] : nil }
        let before = table
        let action = rows(preview).handle(event, &table, in: body(inside))
        return action == nil && before == table ? nil : []
    }

    private func body(_ scene: Scene) -> Rect { scene.area.splitBottom(1).rest }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        tabs.draw(in: scene.area.row(0), on: &canvas, theme: scene.theme)
        let inside = scene.at(scene.area.splitTop(1).rest).withMargin
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        guard let preview else { return inside.drawLoading(on: &canvas) }
        guard tab == 0 else { return pane.draw(summary(preview, inside), in: inside, on: &canvas) }
        rows(preview).draw(table, in: body(inside), on: &canvas, theme: scene.theme)
        let status = inside.area.splitBottom(1).bottom.inset(horizontal: 2)
        canvas.line(extent(preview), in: status, style: scene.theme[.muted])
    }

    private func extent(_ preview: OutputPreview) -> String {
        let read = Figures.count(preview.rowsRead, "row")
        let shown = Figures.count(preview.rows.count)
        if preview.isComplete, preview.rows.count == preview.rowsRead { return read }
        return "the first \(shown) of " + (preview.isComplete ? read : "more than \(read)")
            + (OutputFile.isParquet(file) ? "" : " · o opens all")
    }

    private func rows(_ preview: OutputPreview) -> Table<[String]> {
        let columns = preview.columns.enumerated().map { index, column in
            let widest = preview.rows.prefix(100).map { index < $0.count ? $0[index].displayWidth : 0 }.max() ?? 0
            let isNumber = if case .numbers = column.values { true } else { false }
            return TableColumn<[String]>(
                column.name,
                .flexible(minimum: min(30, max(widest, column.name.displayWidth))),
                alignment: isNumber ? .trailing : .leading,
                importance: index,
                isSortable: false,
                text: { index < $0.count ? $0[index] : "" }
            )
        }
        return Table(columns, rows: preview.rows, emptyText: "The file is empty.")
    }

    private func summary(_ preview: OutputPreview, _ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        lines.text(
            "\(Figures.count(preview.rowsRead, "row")), \(Figures.count(preview.columns.count, "column"))"
                + (preview.isComplete ? "" : ", from the beginning of the file"),
            role: .muted
        )
        for column in preview.columns { lines.add(column, width: scene.area.width) }
        return lines
    }
}
