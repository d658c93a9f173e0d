extension AppModel {
    /// Lets a page that is still open take something.
    mutating func update(_ screen: Int, _ body: (inout any Page, Scene) -> [Request]) -> [Effect] {
        guard var page = way[screen]?.page else { return [] }
        let requests = body(&page, scene)
        way[screen]?.page = page
        return fulfil(requests, from: screen)
    }

    /// Lets the page that is shown take something.
    mutating func updatePage(_ body: (inout any Page, Scene) -> [Request]) -> [Effect] {
        guard let screen = screens.last else { return [] }
        return update(screen.id, body)
    }

    /// Opens a page on top of the others.
    mutating func push(_ route: Route, memory: PageMemory? = nil) -> [Effect] {
        let effects = open(route, memory: memory)
        return [keepSession] + effects
    }

    private mutating func open(_ route: Route, memory: PageMemory? = nil) -> [Effect] {
        let screen = way.open(route, memory: memory)
        setOverlay(nil)
        return warmUp(route) + update(screen.id) { page, _ in page.appear() }
    }

    /// Has the deployment of a page loaded: its user is likely to start a job.
    private func warmUp(_ route: Route) -> [Effect] {
        switch route {
        case .endpoint(let name): [.warmUp(endpoint: name, deployment: nil)]
        case .createJob(let endpoint, let deployment): [.warmUp(endpoint: endpoint, deployment: deployment)]
        default: []
        }
    }

    /// Opens a page in the place of the one that is shown.
    mutating func replace(by route: Route) -> [Effect] {
        leave(max(0, screens.count - 1)..<screens.count) + push(route)
    }

    /// Ends the studio: all pages are left.
    mutating func quit() -> [Effect] {
        part(screens[...]) + [keepSession, .quit]
    }

    /// Lets pages make their last requests.
    private mutating func part(_ left: ArraySlice<Screen>) -> [Effect] {
        left.flatMap { fulfil($0.page.parting, from: $0.id) }
    }

    /// Leaves some pages, after their last requests.
    private mutating func leave(_ range: Range<Int>) -> [Effect] {
        let parting = part(screens[range])
        way.leave(range)
        return parting
    }

    /// Opens pages in the place of all.
    mutating func go(_ routes: [Route]) -> [Effect] {
        leave(0..<screens.count) + routes.flatMap { push($0) }
    }

    /// Goes back one page; on a first page there is none.
    mutating func goBack() -> [Effect] {
        guard screens.count > 1 else { return [] }
        return goBack(to: screens.count - 2)
    }

    /// Goes back to a page of the way, which is asked for again: it may have changed meanwhile.
    mutating func goBack(to index: Int) -> [Effect] {
        guard screens.indices.contains(index), index < screens.count - 1 else { return [] }
        let parting = leave(index + 1..<screens.count)
        setOverlay(nil)
        return parting + [keepSession] + refresh()
    }

    /// Takes a page out of the way, wherever it is; the first page stays.
    mutating func remove(_ screen: Int) -> [Effect] {
        guard let index = screens.firstIndex(where: { $0.id == screen }), index > 0 else { return [] }
        guard index < screens.count - 1 else { return goBack() }
        way.leave(index..<index + 1)
        return [keepSession]
    }

    /// Opens the first page of a section.
    mutating func open(_ section: Section) -> [Effect] {
        if self.section == section, screens.count > 1 { return goBack(to: 0) }
        if self.section == section { return [] }
        return go([.section(section)])
    }

    // MARK: The session

    /// Keeps the way for the next start.
    var keepSession: Effect { .keep(way.session(pane: paneChoice).text, key: Session.key) }

    /// Opens what was open at the end of the last session, the home page otherwise; nothing where a page is open already.
    mutating func resume(_ text: String?) -> [Effect] {
        guard screens.isEmpty else { return [] }
        let session = text.flatMap { Session(text: $0) }
        choosePane(session?.pane)
        way.remember(session?.lists ?? [])
        let stops = session?.way ?? []
        guard case .section? = stops.first?.route else { return push(.section(.home)) }
        return stops.flatMap { open($0.route, memory: $0.memory) }
    }
}
