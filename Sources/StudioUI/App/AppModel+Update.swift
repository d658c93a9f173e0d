import BatchDomain
import FoundationEssentials
import TerminalKit

extension AppModel {
    mutating func update(_ input: Input<Message>) -> [Effect] {
        let effects: [Effect]
        switch input {
        case .event(let event): effects = take(event)
        case .message(let message): effects = take(message)
        case .pulse(let elapsed): effects = advance(by: elapsed)
        }
        return effects + askWhatChanged()
    }

    private mutating func advance(by elapsed: Duration) -> [Effect] {
        now += elapsed.seconds
        toasts.advance(by: elapsed)
        if !screens.isEmpty { screens[screens.count - 1].page.advance(by: elapsed) }
        return []
    }

    /// The page on top may want to know something else now: another part of a list, another tab.
    private mutating func askWhatChanged() -> [Effect] {
        guard let screen = screens.last else { return [] }
        let wanted = Set(screen.page.queries)
        guard wanted != screen.asked else { return [] }
        screens[screens.count - 1].asked = wanted
        return screen.page.queries.filter { !screen.asked.contains($0) }.flatMap { ask($0, screen: screen.id) }
    }

    /// Asks everything that is on screen again.
    mutating func refresh() -> [Effect] {
        var effects = fetch(.status, screen: 0)
        if let screen = screens.last {
            screens[screens.count - 1].asked = Set(screen.page.queries)
            for query in screen.page.queries { effects += ask(query, screen: screen.id) }
        }
        return effects
    }

    /// Asks a query of the workspace, or answers it at once where the model knows.
    private mutating func ask(_ query: Query, screen: Int) -> [Effect] {
        guard query == .errorLog else { return fetch(query, screen: screen) }
        let entries = errors.entries
        return tell(screen) { page, scene in page.receive(.errorLog(entries), in: scene) }
    }

    /// Lets a page that is still open take something.
    mutating func tell(_ screen: Int, _ body: (inout any Page, Scene) -> [Request]) -> [Effect] {
        guard let index = screens.firstIndex(where: { $0.id == screen }) else { return [] }
        var page = screens[index].page
        let requests = body(&page, scene)
        screens[index].page = page
        return fulfil(requests, from: screen)
    }

    /// Lets the page that is shown take something.
    mutating func tellPage(_ body: (inout any Page, Scene) -> [Request]) -> [Effect] {
        guard let screen = screens.last else { return [] }
        return tell(screen.id, body)
    }
}
