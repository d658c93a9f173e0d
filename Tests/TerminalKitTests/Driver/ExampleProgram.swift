import TerminalKit

/// The program of the README.
struct Jobs: Program {
    enum Message: Sendable { case loaded([String]) }
    enum Effect: Equatable { case load, quit }

    static let columns = [TableColumn<String>("Name", .flexible(minimum: 10)) { $0 }]
    var size = Size(width: 0, height: 0)
    var rows: [String] = []
    var table = TableState()
    var theme = Theme(.terminal, colors: .ansi)

    private var body: Rect { Rect(size).splitBottom(1).rest }
    private var list: Table<String> {
        Table(Self.columns, rows: Table.arrange(rows, by: table, columns: Self.columns))
    }

    mutating func update(_ input: Input<Message>) -> [Effect] {
        switch input {
        case .event(.resize(let size)): self.size = size
        case .event(.terminate), .event(.key("ctrl+c")): return [.quit]
        case .event(let event):
            // A component has the event first; what it leaves alone is the page's.
            if list.handle(event, &table, in: body) != nil || table.isFiltering { return [] }
            if event == .key("r") { return [.load] }
            if event == .key("q") { return [.quit] }
        case .message(.loaded(let rows)): self.rows = rows
        case .tick: break
        }
        return []
    }

    func draw(on canvas: inout Canvas) {
        list.draw(table, in: body, on: &canvas, theme: theme)
        let hints = HintBar([Hint("r", "load"), Hint("/", "filter"), Hint("q", "quit")])
        hints.draw(in: canvas.bounds.splitBottom(1).bottom, on: &canvas, theme: theme)
    }
}

func run(_ program: Jobs, on terminal: any Terminal) -> Jobs {
    Runtime(program, on: terminal) { effect, runtime in
        switch effect {
        case .load: runtime.start { mailbox in mailbox.post(.loaded(["job-2", "job-10"])) }
        case .quit: runtime.quit()
        }
    }
    .run()
}
