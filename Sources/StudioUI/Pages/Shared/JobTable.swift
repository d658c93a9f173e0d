import BatchDomain
import FoundationEssentials
import TerminalKit

/// The list of jobs, the newest first, of which only the part around the cursor is in memory: a hundred thousand cost no more
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

    init(endpoint: String? = nil) {
        self.endpoint = endpoint
    }

    /// The part of the list that is to be shown.
    var listing: JobListing {
        JobListing(
            endpointName: endpoint,
            filter: table.filter,
            visibility: showsArchived ? .archived : .active,
            offset: window.wantedOffset,
            limit: window.size
        )
    }

    var isTyping: Bool { table.isFiltering }
    var selected: JobOverview? { window[table.cursor] }
    /// True when a job that is shown has not ended, so that times advance.
    var isMoving: Bool { window.rows.contains { !$0.state.isTerminal && $0.startedAt != nil } }

    /// Who stands at the newest job wants to see the next one too.
    var memory: PageMemory {
        PageMemory(selection: wanted ?? (table.cursor > 0 ? selected?.name : nil), filter: table.filter)
    }

    mutating func restore(_ memory: PageMemory) {
        table = TableState(filter: memory.filter)
        wanted = memory.selection
    }

    /// Takes a part of the list; the chosen job stays chosen where new ones came above it.
    mutating func receive(_ listing: JobListing, _ page: JobSlice) {
        guard listing == self.listing else { return }
        let chosen = wanted ?? (table.cursor > 0 ? selected?.name : nil)
        window.receive(page.jobs, offset: page.offset, total: page.total)
        wanted = nil
        if let chosen, let place = window.place(where: { $0.name == chosen }) { table.cursor = place }
        table.cursor = max(0, min(table.cursor, page.total - 1))
    }

    /// Shows the archived jobs, or the others again.
    mutating func toggleArchived() {
        showsArchived.toggle()
        (table, window, wanted) = (TableState(), RowWindow(), nil)
    }

    private func widget(_ scene: Scene) -> Table<JobOverview> {
        let isKnown = window.total != nil
        let none =
            showsArchived
            ? "No job is archived. Press A to go back." : "No jobs yet. Choose an endpoint and press n to create one."
        let empty = isKnown ? none : "Loading…"
        return Table(columns(scene), rowCount: window.total ?? 0, emptyText: empty) { window[$0] }
    }

    /// Moves and filters; nil when the event is none of the table's.
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        let before = table
        let action = widget(scene).handle(event, &table, in: scene.area)
        if action == .filtered { window = RowWindow() }
        window.follow(cursor: table.cursor, height: scene.area.height)
        if case .opened = action { return selected.map { [.open(.job($0.name))] } ?? [] }
        return action == nil && before == table ? nil : []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        widget(scene).draw(table, in: scene.area, on: &canvas, theme: scene.theme)
    }
}
