import TerminalKit

extension AppModel {
    /// Does what a page asks.
    mutating func fulfil(_ requests: [Request], from screen: Int) -> [Effect] {
        requests.flatMap { fulfil($0, from: screen) }
    }

    private mutating func fulfil(_ request: Request, from screen: Int) -> [Effect] {
        switch request {
        case .open(let route):
            return push(route)
        case .replace(let route):
            screens.removeLast()
            return push(route)
        case .go(let section, let routes):
            screens = []
            return ([.section(section)] + routes).flatMap { push($0) }
        case .back:
            return goBack()
        case .fetch(let query):
            return fetch(query, screen: screen)
        case .perform(let useCase):
            pendingChanges += 1
            return [.perform(useCase, screen: screen)]
        case .ask(let id, let dialog):
            overlay = .question(id: id, dialog)
            return []
        case .offer(let id, let picker):
            overlay = .choice(id: id, picker)
            return []
        case .say(let toast):
            toasts.show(toast)
            return []
        case .copy(let text, let what):
            return [.copy(text, what: what)]
        case .read(let file):
            return [.read(file: file)]
        case .keep(let text, let key):
            return [.keep(text, key: key)]
        case .recall(let key):
            return fetch(.kept(key: key), screen: screen)
        }
    }

    /// Opens a page on top of the others.
    mutating func push(_ route: Route, memory: PageMemory? = nil) -> [Effect] {
        var page = route.makePage()
        if let memory { page.restore(memory) }
        let screen = Screen(id: newScreenID(), page: page)
        screens.append(screen)
        overlay = nil
        return [keepSession] + tell(screen.id) { page, _ in page.appear() }
    }

    /// Goes back one page; on a first page there is none.
    mutating func goBack() -> [Effect] {
        guard screens.count > 1 else { return [] }
        return goBack(to: screens.count - 2)
    }

    /// Goes back to a page of the way, which is asked for again: it may have changed meanwhile.
    mutating func goBack(to index: Int) -> [Effect] {
        guard screens.indices.contains(index), index < screens.count - 1 else { return [] }
        screens.removeSubrange((index + 1)...)
        overlay = nil
        return [keepSession] + refresh()
    }

    /// Opens the first page of a section.
    mutating func open(_ section: Section) -> [Effect] {
        if self.section == section, screens.count > 1 { return goBack(to: 0) }
        if self.section == section { return [] }
        screens = []
        return push(.section(section))
    }
}
