import BatchDomain
import FoundationEssentials
import TerminalKit

/// The list of jobs, the newest first unless it is sorted, of which only the part around the cursor is in memory: a hundred thousand cost no more
/// than ten.
struct JobTable {
    /// Jobs of this endpoint only.
    let endpoint: String?
    /// True when the archived jobs are shown in place of the others.
    private(set) var showsArchived = false
    private(set) var table = TableState()
    private var window = RowWindow<JobOverview>()
    /// The job to choose once it is there.
    private var wanted: String?
    /// Why there are no jobs, where they could not be read.
    private var failure: Failure?
    /// The jobs that are marked.
    private(set) var marks = Marks()
    /// The columns that are not shown.
    private var hidden = HiddenColumns()
    /// The columns that are offered to be shown and hidden.
    private var offered: [TableColumn<JobOverview>] = []

    init(endpoint: String? = nil) {
        self.endpoint = endpoint
    }

    /// The part of the list that is to be shown.
    var listing: JobListing {
        JobListing(
            endpointName: endpoint,
            filter: table.filter,
            visibility: showsArchived ? .archived : .active,
            order: table.sort.flatMap { JobOrder(rawValue: $0.column) },
            isDescending: table.sort?.isDescending ?? false,
            offset: window.wantedOffset,
            limit: window.size
        )
    }

    var isTyping: Bool { table.isFiltering }
    var selected: JobOverview? { window[table.cursor] }
    /// True when a job that is shown has not ended, so that times advance.
    var isMoving: Bool { window.rows.contains { !$0.state.isTerminal && $0.startedAt != nil } }

    /// The names of the marked jobs, or of the one that the cursor is on.
    var targets: [String] { marks.isEmpty ? selected.map { [$0.name] } ?? [] : marks.names.sorted() }

    /// Who stands at the newest job wants to see the next one too.
    var memory: PageMemory {
        PageMemory(
            selection: wanted ?? (table.cursor > 0 ? selected?.name : nil),
            filter: table.filter,
            sort: table.sort?.column,
            isDescending: table.sort?.isDescending ?? false,
            hiddenColumns: hidden.memory,
            row: table.cursor
        )
    }

    mutating func restore(_ memory: PageMemory) {
        let sort = memory.sort.map { TableSort($0, isDescending: memory.isDescending) }
        table = TableState(cursor: memory.row ?? 0, sort: sort, filter: memory.filter)
        wanted = memory.selection
        hidden = HiddenColumns(memory.hiddenColumns)
        // The total is not known yet: the part around the old row is asked for, and the cursor is put right when it is there.
        window = RowWindow(around: memory.row ?? 0)
    }

    /// Offers the columns to show and hide.
    mutating func offerColumns(_ scene: Scene) -> [Request] {
        offered = columns(scene)
        return [hidden.request(offered)]
    }

    /// Shows a column or hides it; nil for the answer to another question.
    mutating func answer(_ question: String, _ choice: String) -> [Request]? {
        question == HiddenColumns.question ? [hidden.toggle(choice, offered)] : nil
    }

    /// The two marked jobs, the older one first, as far as the list has both; nil for another number.
    var comparedJobs: (first: String, second: String)? {
        guard marks.names.count == 2 else { return nil }
        let names = marks.names.sorted { one, other in
            let times = [one, other].map { name in window.rows.first { $0.name == name }?.createdAt }
            guard let first = times[0], let second = times[1], first != second else { return one < other }
            return first < second
        }
        return (names[0], names[1])
    }

    /// Takes all marks away.
    mutating func clearMarks() { marks.clear() }

    /// Marks the jobs of a listing, or none where all of them are marked; nothing where another listing is shown by now.
    mutating func toggleAll(_ names: [String], of listing: JobListing) {
        if listing == self.listing.whole { marks.toggleAll(names) }
    }

    /// Takes a part of the list; the chosen job stays chosen where new ones came above it.
    mutating func receive(_ listing: JobListing, _ page: JobSlice, height: Int) {
        guard listing == self.listing else { return }
        let chosen = wanted ?? (table.cursor > 0 ? selected?.name : nil)
        window.receive(page.jobs, offset: page.offset, total: page.total)
        (wanted, failure) = (nil, nil)
        if let chosen, let place = window.place(where: { $0.name == chosen }) { table.cursor = place }
        table.cursor = max(0, min(table.cursor, page.total - 1))
        // A list that has become shorter may have nothing where the cursor was.
        window.follow(cursor: table.cursor, height: height)
    }

    /// Takes why no jobs came; returns whether the table shows it, as it does while it has none.
    mutating func miss(_ failure: Failure) -> Bool {
        guard window.total == nil else { return false }
        self.failure = failure
        return true
    }

    /// Shows the archived jobs, or the others again.
    mutating func toggleArchived() {
        showsArchived.toggle()
        (table, window, wanted, marks) = (TableState(), RowWindow(), nil, Marks())
    }

    private func widget(_ scene: Scene) -> Table<JobOverview> {
        let isKnown = window.total != nil
        let none =
            showsArchived
            ? "No job is archived. Press A to go back." : "No jobs yet. Choose an endpoint and press i to create one."
        let empty = isKnown ? none : "Loading…"
        var table = Table(hidden.shown(columns(scene)), rowCount: window.total ?? 0, emptyText: empty) { window[$0] }
        table.isMarked = { marks.contains($0.name) }
        return table
    }

    /// Moves, sorts, filters and marks; nil when the event is none of the table's.
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        if event == .key(.escape), !marks.isEmpty, !table.isFiltering {
            marks.clear()
            return []
        }
        let before = table
        let chosen = selected?.name
        let action = widget(scene).handle(event, &table, in: scene.area)
        switch action {
        case .opened: return selected.map { [.open(.job($0.name))] } ?? []
        case .filtered:
            wanted = table.filter.isEmpty ? wanted ?? chosen : nil
            window = RowWindow()
        case .sorted:
            window = RowWindow()
            table.cursor = 0
        case .toggled(let row):
            if let job = window[row] { marks.toggle(job.name) }
        case .marked(let rows): marks.add(rows.compactMap { window[$0]?.name })
        case .toggledAll: return [.fetch(.jobNames(listing.whole))]
        case .moved, nil: break
        }
        window.follow(cursor: table.cursor, height: scene.area.height)
        return action == nil && before == table ? nil : []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        if window.total == nil, let failure { return scene.drawMissing(failure, on: &canvas, canGoBack: false) }
        widget(scene).draw(table, in: scene.area, on: &canvas, theme: scene.theme)
    }
}
