/// The way from the first page to the one that is shown, and what the lists remember that were left.
struct Way {
    /// The pages that are open, the one that is shown last.
    private(set) var screens: [Screen] = []
    /// The state of lists that were left, for when they are opened again.
    private var memories: [Route: PageMemory] = [:]
    private var lastID = 0

    /// A page that is open; setting it changes nothing where it is not.
    subscript(id: Int) -> Screen? {
        get { screens.first { $0.id == id } }
        set {
            guard let newValue, let index = screens.firstIndex(where: { $0.id == id }) else { return }
            screens[index] = newValue
        }
    }

    /// Changes the page that is shown; nil where none is.
    mutating func updateLast<Result>(_ body: (inout Screen) -> Result) -> Result? {
        screens.isEmpty ? nil : body(&screens[screens.count - 1])
    }

    /// Opens a page on top of the others, as it was left.
    mutating func open(_ route: Route, memory: PageMemory?) -> Screen {
        var page = route.makePage()
        if let memory = memory ?? memories[route] { page.restore(memory) }
        lastID += 1
        let screen = Screen(id: lastID, page: page)
        screens.append(screen)
        return screen
    }

    /// Leaves some pages; the lists among them remember their filter, order and selection.
    mutating func leave(_ range: Range<Int>) {
        for screen in screens[range] where screen.page.route.isList { memories[screen.page.route] = screen.page.memory }
        screens.removeSubrange(range)
    }

    /// The pages that are open and the lists that were left, for the next start.
    func session(pane: PanePlacement?) -> Session {
        let way = screens.map { Session.Stop(route: $0.page.route, memory: $0.page.memory) }
        let lists = Section.allCases.compactMap { section in
            memories[.section(section)].map { Session.Stop(route: .section(section), memory: $0) }
        }
        return Session(way: way, pane: pane, lists: lists)
    }

    /// Takes what the lists of an earlier session remember.
    mutating func remember(_ lists: [Session.Stop]) {
        for list in lists { memories[list.route] = list.memory }
    }
}
