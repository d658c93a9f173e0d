import FoundationEssentials
import TerminalKit

extension AppModel {
    mutating func take(_ message: Message) -> [Effect] {
        switch message {
        case .fetched(let query, let screen, let content, let date):
            now = max(now, date)
            return receive(content, of: query, screen: screen) + askAgain(query, screen: screen)
        case .missed(let query, let screen, let failure, let date):
            now = max(now, date)
            return miss(query, screen: screen, failure) + askAgain(query, screen: screen)
        case .performed(let useCase, let screen, let outcome, let date):
            now = max(now, date)
            pendingChanges -= 1
            return tell(screen) { page, _ in page.finish(useCase, outcome) }
        case .refused(let useCase, let screen, let failure, let date):
            now = max(now, date)
            pendingChanges -= 1
            report(failure)
            return tell(screen) { page, _ in page.fail(useCase, failure) }
        case .workspaceChanged(let date):
            now = max(now, date)
            return refresh()
        case .logGrew, .logMissing:
            return tellPage { page, _ in
                (page as? any LogReader).map { reader in
                    var reader = reader
                    reader.hear(message)
                    page = reader
                    return []
                } ?? []
            }
        case .recalled(let session, let date):
            now = max(now, date)
            return screens.isEmpty ? resume(session) : []
        case .failed(let failure, let date):
            now = max(now, date)
            report(failure)
            return []
        case .noted(let text):
            toasts.show(Toast(text))
            return []
        }
    }

    private mutating func receive(_ content: Content, of query: Query, screen: Int) -> [Effect] {
        if case .status(let status) = content {
            self.status = status
            return []
        }
        return tell(screen) { page, scene in page.receive(content, in: scene) }
    }

    /// A page says by itself what it misses; only the rest needs a message.
    private mutating func miss(_ query: Query, screen: Int, _ failure: Failure) -> [Effect] {
        errors.add(failure, at: now)
        if screen == 0 { toasts.show(Toast(failure.text, role: .error)) }
        return tell(screen) { page, _ in
            page.miss(query, failure)
            return []
        }
    }

    private mutating func askAgain(_ query: Query, screen: Int) -> [Effect] {
        let isOutdated = fetches.end(query, screen: screen)
        let isWanted = screen == 0 || screens.last?.id == screen
        return isOutdated && isWanted ? fetch(query, screen: screen) : []
    }
}

/// A page that follows a log.
protocol LogReader: Page {
    /// Takes `logGrew` and `logMissing`.
    mutating func hear(_ message: Message)
}
