import TerminalKit

extension AppModel {
    /// Does what a page requests; of what covers or closes a page, only what the page on top requests.
    mutating func fulfil(_ requests: [Request], from screen: Int) -> [Effect] {
        requests.flatMap { fulfil($0, from: screen) }
    }

    private mutating func fulfil(_ request: Request, from screen: Int) -> [Effect] {
        if screens.last?.id != screen {
            // The user has opened another page meanwhile: that one is neither covered nor closed.
            switch request {
            case .open, .openTab, .ask, .offer: return []
            case .replace, .go, .back: return remove(screen)
            default: break
            }
        }
        switch request {
        case .open(let route): return push(route)
        case .openTab(let route, let tab): return push(route, memory: PageMemory(tab: tab))
        case .replace(let route): return replace(by: route)
        case .go(let section, let routes): return go([.section(section)] + routes)
        case .back: return goBack()
        case .fetch(let query): return fetch(query, screen: screen)
        case .perform(let useCase): return perform(useCase, screen: screen)
        case .performUndoable(let useCase, let undo): return perform(useCase, screen: screen, undo: undo)
        // Whatever lies on top has the keyboard: a question in its place would be answered by keys that are not meant for it.
        case .ask(let id, let dialog):
            guard overlay == nil else { return [] }
            setOverlay(.question(id: id, screen: screen, dialog))
            return []
        case .offer(let id, let picker):
            guard overlay == nil else { return [] }
            setOverlay(.choice(id: id, screen: screen, picker))
            return []
        case .say(let toast):
            show(toast)
            return []
        case .copy(let text, let what): return [.copy(text, what: what)]
        case .read(let file): return [.read(file: file)]
        case .browse(let file): return [.browse(file: file)]
        case .keep(let text, let key): return [.keep(text, key: key)]
        case .recall(let key): return fetch(.kept(key: key), screen: screen)
        }
    }
}
