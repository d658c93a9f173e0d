import BatchDomain
import DisplayText
import TerminalKit

/// The rows of a job's output, and beside them the profile of the column that is selected.
struct ResultsPane {
    /// Text that is typed below the rows.
    enum Prompt: Equatable {
        case search(TextInput)
        case row(TextInput)
    }

    /// Minimum width of a window in which rows and profile stand side by side.
    static let wideWidth = 110
    /// Maximum width of a column of rows.
    static let maxColumnWidth = 30

    let job: String
    private(set) var columns: [String] = []
    private(set) var rows = RowWindow<[String]>()
    private(set) var table = TableState()
    /// The place of the selected column.
    private(set) var column = 0
    private(set) var profile: Profile?
    /// Why there is no profile.
    private(set) var missedProfile: Failure?
    private(set) var prompt: Prompt?
    private(set) var search = ""
    /// What the last search or jump has come to.
    private(set) var notice: String?
    /// True when the profile is shown where rows and profile do not fit side by side.
    private(set) var showsProfile = false
    private var profilePane = TextPane()

    init(job: String) {
        self.job = job
    }

    var isTyping: Bool { prompt != nil }

    var queries: [Query] {
        [.results(job: job, offset: rows.wantedOffset, limit: rows.size)]
            + (profile == nil && missedProfile == nil ? [.profile(job: job)] : [])
    }

    /// The name of the selected column.
    var columnName: String? { columns.indices.contains(column) ? columns[column] : nil }

    mutating func receive(_ page: OutputRows, height: Int) {
        if columns.isEmpty {
            // The first column of an output of MLflow's counts the rows of a file: the prediction comes after it.
            column = page.columns.first == "row" && page.columns.count > 1 ? 1 : 0
        }
        columns = page.columns
        rows.receive(page.rows, offset: page.first, total: max(page.total ?? 0, page.first + page.rows.count))
        table.cursor = max(0, min(table.cursor, (rows.total ?? 1) - 1))
        rows.follow(cursor: table.cursor, height: height)
    }

    mutating func receive(_ profile: Profile) { (self.profile, missedProfile) = (profile, nil) }

    mutating func missProfile(_ failure: Failure) { missedProfile = failure }

    /// Takes where a search has ended.
    mutating func receive(found row: Int?, of text: String, height: Int) {
        guard text == search else { return }
        notice = row == nil ? "“\(text)” is not in the rows \(isForward ? "below" : "above")." : nil
        if let row { move(to: row, height: height) }
    }

    private var isForward = true

    private mutating func move(to row: Int, height: Int) {
        table.cursor = max(0, min(row, (rows.total ?? 1) - 1))
        rows.follow(cursor: table.cursor, height: height)
    }

    // MARK: Keys and commands

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        let places = places(in: scene.area)
        if prompt != nil { return type(event, height: places.rows.height) }
        if event == .key(.escape), !search.isEmpty || notice != nil {
            (search, notice) = ("", nil)
            return []
        }
        switch event {
        case .key("n") where !search.isEmpty: return find(isForward: true)
        case .key("N") where !search.isEmpty: return find(isForward: false)
        default: break
        }
        if places.rows.isEmpty {
            return profilePane.handle(event, profileLines(width: places.profile.width), in: scene.at(places.profile))
                ? [] : nil
        }
        let before = table
        let action = widget(width: places.rows.width).handle(event, &table, in: places.rows)
        rows.follow(cursor: table.cursor, height: places.rows.height)
        if case .opened(let row) = action { return [.open(.resultRow(job: job, row: row))] }
        return action == nil && before == table ? nil : []
    }

    private mutating func type(_ event: Event, height: Int) -> [Request]? {
        guard let prompt else { return nil }
        if event == .key(.escape) {
            self.prompt = nil
            return []
        }
        switch prompt {
        case .search(var input):
            if event == .key(.enter) {
                (self.prompt, search) = (nil, input.text)
                return search.isEmpty ? [] : find(isForward: true)
            }
            guard input.handle(event) != nil else { return nil }
            self.prompt = .search(input)
        case .row(var input):
            if event == .key(.enter) {
                self.prompt = nil
                jump(to: input.text, height: height)
                return []
            }
            guard input.handle(event) != nil else { return nil }
            self.prompt = .row(input)
        }
        return []
    }

    private mutating func jump(to text: String, height: Int) {
        guard let row = Int(text.replacing(",", with: "")), row >= 0, row < rows.total ?? 0 else {
            notice =
                "There is no row \(text): rows are numbered from 0 to \(Figures.count(max(0, (rows.total ?? 0) - 1)))."
            return
        }
        notice = nil
        move(to: row, height: height)
    }

    private mutating func find(isForward: Bool) -> [Request] {
        self.isForward = isForward
        notice = "Searching “\(search)”…"
        return [.fetch(.resultMatch(job: job, text: search, row: table.cursor, isForward: isForward))]
    }

    mutating func run(_ command: Command) {
        switch command {
        case .nextColumn: column = min(max(0, columns.count - 1), column + 1)
        case .previousColumn: column = max(0, column - 1)
        case .searchRows: prompt = .search(TextInput(search))
        case .goToRow: prompt = .row(TextInput())
        case .showProfile: showsProfile.toggle()
        default: break
        }
        if command == .nextColumn || command == .previousColumn { profilePane = TextPane() }
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .sort, .reverseSort: "Rows are in the order of the input."
        case .nextColumn where column + 1 >= columns.count: "This is the last column."
        case .previousColumn where column == 0: "This is the first column."
        case .open where rows.total ?? 0 == 0, .searchRows where rows.total ?? 0 == 0,
            .goToRow where rows.total ?? 0 == 0:
            "There are no rows."
        case .nextMatch where search.isEmpty, .previousMatch where search.isEmpty: "Press / to search the rows."
        default: nil
        }
    }

    // MARK: Drawing

    /// Where rows, profile and the line below them are; what is not shown is empty.
    func places(in area: Rect) -> (rows: Rect, profile: Rect, line: Rect) {
        let (body, line) = area.splitBottom(1)
        let none = Rect(x: area.x, y: area.y, width: 0, height: 0)
        // The page's margin of a wide window is not the area's.
        guard area.width >= Self.wideWidth - 4 else { return showsProfile ? (none, body, line) : (body, none, line) }
        let (rows, profile) = body.splitLeft(body.width * 58 / 100)
        return (rows, profile, line)
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let places = places(in: scene.area)
        if !places.rows.isEmpty {
            widget(width: places.rows.width).draw(table, in: places.rows, on: &canvas, theme: scene.theme)
        }
        if !places.profile.isEmpty {
            profilePane.draw(profileLines(width: places.profile.width), in: scene.at(places.profile), on: &canvas)
        }
        let line = places.line.inset(horizontal: 2)
        switch prompt {
        case .search(let input): draw(input, " / ", "text in a row", in: places.line, scene, on: &canvas)
        case .row(let input): draw(input, " # ", "number of a row", in: places.line, scene, on: &canvas)
        case nil: canvas.line(status, in: line, style: scene.theme[.muted])
        }
    }

    private func draw(
        _ input: TextInput,
        _ mark: String,
        _ placeholder: String,
        in area: Rect,
        _ scene: Scene,
        on canvas: inout Canvas
    ) {
        canvas.fill(area, style: scene.theme.style(.text, on: .surface))
        let style = scene.theme.style(.key, on: .surface)
        let after = canvas.write(mark, x: area.x, y: area.y, style: style, clip: area)
        input.draw(
            in: area.splitLeft(after - area.x).rest,
            on: &canvas,
            theme: scene.theme,
            isFocused: true,
            placeholder: placeholder,
            background: .surface
        )
    }

    private var status: String {
        if let notice { return notice }
        guard let total = rows.total else { return "" }
        let place = total == 0 ? "no rows" : "row \(Figures.count(table.cursor)) of \(Figures.count(total))"
        let selected = columnName.map { "column \($0), \(column + 1) of \(columns.count)" }
        return ([place, selected].compactMap { $0 } + (search.isEmpty ? [] : ["n N “\(search)”"]))
            .joined(separator: " · ")
    }

    /// The rows, from the column on that lets the selected one be seen.
    private func widget(width: Int) -> Table<[String]> {
        let widths = columns.indices.map { index in
            let widest = rows.rows.prefix(100).map { index < $0.count ? $0[index].displayWidth : 0 }.max() ?? 0
            return min(Self.maxColumnWidth, max(widest, columns[index].displayWidth + 2))
        }
        var first = column
        var room = width - 4 - (widths.indices.contains(column) ? widths[column] : 0)
        while first > 0, room - widths[first - 1] - 2 >= 0 {
            first -= 1
            room -= widths[first] + 2
        }
        let shown = columns.indices.dropFirst(first).map { index in
            let isSelected = index == column
            let isNumber = rows.rows.prefix(20).allSatisfy { index < $0.count && Double($0[index]) != nil }
            return TableColumn<[String]>(
                isSelected ? columns[index] + " ▾" : columns[index],
                id: String(index),
                .fixed(widths[index]),
                alignment: isNumber && !rows.rows.isEmpty ? .trailing : .leading,
                importance: isSelected ? 0 : 1,
                isSortable: false,
                role: { _ in isSelected ? .accent : .text },
                text: { index < $0.count ? $0[index] : "" }
            )
        }
        let isKnown = rows.total != nil
        return Table(shown, rowCount: rows.total ?? 0, emptyText: isKnown ? "The output has no rows." : "Loading…") {
            rows[$0]
        }
    }

    private func profileLines(width: Int) -> DetailLines {
        var lines = DetailLines()
        guard let columnName else { return lines }
        if let found = profile?.column(columnName) {
            lines.add(found, width: width)
        } else {
            lines.heading(columnName)
            if let missedProfile {
                lines.text(missedProfile.text, role: .muted)
            } else if profile == nil {
                lines.text("Loading…", role: .muted)
            } else {
                lines.text("This column has no profile: it names where a row comes from.", role: .muted)
            }
        }
        return lines
    }
}
