import BatchDomain
import BatchWorkspace
import FoundationEssentials
import TerminalKit

/// The list of jobs, the newest first, of which only the part around the cursor is in memory: a hundred thousand cost no more
/// than ten.
struct JobTable {
    /// Jobs of this endpoint only.
    let endpoint: String?
    private(set) var table = TableState()
    private var page = JobPage()
    private var hasPage = false
    /// The listing that is shown, or on its way.
    private(set) var listing: JobListing
    /// The job to choose once it is there.
    private var wanted: String?
    private static let size = 200

    init(endpoint: String? = nil) {
        self.endpoint = endpoint
        listing = JobListing(endpointName: endpoint, limit: Self.size)
    }

    var isTyping: Bool { table.isFiltering }
    /// How many jobs there are in all; nil until that is known.
    var total: Int? { hasPage ? page.total : nil }
    var selected: JobOverview? { job(table.cursor) }
    /// Whether a job that is shown has not ended, so that times go on.
    var isMoving: Bool { page.jobs.contains { !$0.state.isTerminal && $0.startedAt != nil } }

    var memory: PageMemory { PageMemory(selection: selected?.name, filter: table.filter) }

    mutating func restore(_ memory: PageMemory) {
        table = TableState(filter: memory.filter)
        wanted = memory.selection
        listing.filter = memory.filter
    }

    private func job(_ index: Int) -> JobOverview? {
        let place = index - page.offset
        return page.jobs.indices.contains(place) ? page.jobs[place] : nil
    }

    /// Takes a part of the list; the chosen job stays chosen where new ones came above it.
    mutating func receive(_ listing: JobListing, _ page: JobPage) {
        guard listing == self.listing else { return }
        let chosen = hasPage && table.cursor > 0 ? selected?.name : wanted
        self.page = page
        hasPage = true
        wanted = nil
        if let chosen, let place = page.jobs.firstIndex(where: { $0.name == chosen }) {
            table.cursor = page.offset + place
        }
        table.cursor = max(0, min(table.cursor, page.total - 1))
    }

    private func widget(_ scene: Scene) -> Table<JobOverview> {
        let empty = !hasPage ? "Loading…" : "No jobs yet. Choose an endpoint and press n to create one."
        return Table(columns(scene), rowCount: page.total, emptyText: empty) { job($0) }
    }

    /// Moves and filters; nil when the event is none of the table's.
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        let before = table
        let action = widget(scene).handle(event, &table, in: scene.area)
        if action == .filtered {
            listing = JobListing(endpointName: endpoint, filter: table.filter, limit: Self.size)
            hasPage = false
            page = JobPage()
        }
        follow(scene.area.height)
        if case .opened = action { return selected.map { [.open(.job($0.name))] } ?? [] }
        return action == nil && before == table ? nil : []
    }

    /// Asks for the part around the cursor when it leaves the one that is there.
    private mutating func follow(_ height: Int) {
        let (first, last) = (table.cursor - height, table.cursor + height)
        let isCovered = first >= listing.offset || listing.offset == 0
        guard !isCovered || last >= listing.offset + Self.size else { return }
        guard last < page.total || listing.offset + Self.size < page.total || !isCovered else { return }
        listing.offset = max(0, table.cursor - Self.size / 2)
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        widget(scene).draw(table, in: scene.area, on: &canvas, theme: scene.theme)
    }
}
