import TerminalKit

extension AppModel {
    /// Does what a page requests.
    mutating func fulfil(_ requests: [Request], from screen: Int) -> [Effect] {
        requests.flatMap { fulfil($0, from: screen) }
    }

    private mutating func fulfil(_ request: Request, from screen: Int) -> [Effect] {
        switch request {
        case .open(let route): return push(route)
        case .openTab(let route, let tab): return push(route, memory: PageMemory(tab: tab))
        case .replace(let route): return replace(by: route)
        case .go(let section, let routes): return go([.section(section)] + routes)
        case .back: return goBack()
        case .fetch(let query): return fetch(query, screen: screen)
        case .perform(let useCase): return perform(useCase, screen: screen)
        case .performUndoable(let useCase, let undo): return perform(useCase, screen: screen, undo: undo)
        case .ask(let id, let dialog):
            setOverlay(.question(id: id, dialog))
            return []
        case .offer(let id, let picker):
            setOverlay(.choice(id: id, picker))
            return []
        case .say(let toast):
            show(toast)
            return []
        case .copy(let text, let what): return [.copy(text, what: what)]
        case .read(let file): return [.read(file: file)]
        case .keep(let text, let key): return [.keep(text, key: key)]
        case .recall(let key): return fetch(.kept(key: key), screen: screen)
        }
    }
}
