import BatchDomain
import FoundationEssentials
import TerminalKit

extension AppModel {
    mutating func take(_ message: Message) -> [Effect] {
        switch message {
        case .fetched(let query, let screen, let content, let date):
            setClock(date)
            return receive(content, of: query, screen: screen) + endFetch(query, screen: screen)
        case .missed(let query, let screen, let failure, let date):
            setClock(date)
            return miss(query, screen: screen, failure) + endFetch(query, screen: screen)
        case .performed(let useCase, let screen, let outcome, let date):
            setClock(date)
            endChange()
            watch(outcome)
            var effects = update(screen) { page, _ in page.finish(useCase, outcome) }
            if screen == 0 {
                show(Toast("Undone.", role: .success))
                effects += refresh()
            }
            if case .each(let done, let failures) = outcome, !failures.isEmpty {
                report(failures, done: done)
                _ = takeUndo(of: useCase)
            } else {
                offerUndo(of: useCase)
            }
            return effects
        case .refused(let useCase, let screen, let failure, let date):
            setClock(date)
            endChange()
            _ = takeUndo(of: useCase)
            report(failure)
            return update(screen) { page, _ in page.fail(useCase, failure) }
        case .workspaceChanged(let date):
            setClock(date)
            return refresh() + followWatchedJobs()
        case .logGrew, .logMissing:
            return updatePage { page, _ in
                (page as? any LogReader).map { reader in
                    var reader = reader
                    let requests = reader.receive(message)
                    page = reader
                    return requests
                } ?? []
            }
        case .recalled(let session, let date):
            setClock(date)
            return resume(session)
        case .failed(let failure, let date):
            setClock(date)
            report(failure)
            return []
        case .noted(let text):
            note(text)
            return []
        }
    }

    private mutating func receive(_ content: Content, of query: Query, screen: Int) -> [Effect] {
        if case .status(let status) = content {
            show(status)
            return []
        }
        if case .palette(var palette) = overlay {
            switch content {
            case .objects(let objects): palette.receive(objects)
            case .jobObjects(let text, let jobs): palette.receive(jobs: jobs, for: text)
            default: break
            }
            setOverlay(.palette(palette))
        }
        if case .job(let job) = content, !job.job.state.isTerminal { watch(job.job.name, true) }
        if case .jobsNamed(let jobs) = content, screen == 0 { return reportEnded(jobs) }
        if case .datastoreTest(let test) = content {
            show(Toast(test.text, role: .success))
            return []
        }
        if case .selection(let subject) = query, case .selection(let found) = content {
            updatePreview(of: screen) { $0.receive(found, of: subject) }
            return []
        }
        if query.isOneOfSeveral, isUnwanted(query, screen: screen) { return [] }
        let isOvertaken = isOvertaken(query, screen: screen)
        return update(screen) { page, scene in
            page.receive(content, in: scene).filter { request in
                switch request {
                // The user went on: keys that are meant for the page must not answer a question that comes late.
                case .ask, .offer: !isOvertaken
                default: true
                }
            }
        }
    }

    /// True where the page of a screen shows another list by now.
    private func isUnwanted(_ query: Query, screen: Int) -> Bool {
        screens.first { $0.id == screen }?.page.queries.contains(query) == false
    }

    /// A page shows by itself what it misses; only the rest needs a message.
    private mutating func miss(_ query: Query, screen: Int, _ failure: Failure) -> [Effect] {
        if case .selection(let subject) = query {
            updatePreview(of: screen) { $0.miss(subject, failure.text) }
            return []
        }
        if let effects = leaveDeleted(query, screen: screen, failure) { return effects }
        if case .datastoreTest = query {
            log(failure)
            show(Toast(failure.text, role: .error))
            return []
        }
        var isShown = false
        let effects = update(screen) { page, _ in
            isShown = page.miss(query, failure)
            return []
        }
        // Of a page that was left nothing is missed: it asks again when it is shown.
        let isElsewhere = screen != 0 && screens.last?.id != screen
        if isShown || isElsewhere { log(failure) } else { report(failure) }
        return effects
    }
}

extension AppModel {
    /// Leaves a page whose thing is gone, for the page below or its list; nil for other failures.
    private mutating func leaveDeleted(_ query: Query, screen: Int, _ failure: Failure) -> [Effect]? {
        guard failure.code == .notFound, let index = screens.firstIndex(where: { $0.id == screen }),
            let thing = screens[index].page.route.thing, thing.query == query
        else { return nil }
        let effects = index > 0 ? remove(screen) : go([.section(thing.section)])
        show(Toast("\(thing.name) is deleted.", role: .warning))
        return effects
    }
}

/// A page that follows a log.
protocol LogReader: Page {
    /// Takes `logGrew` and `logMissing`.
    mutating func receive(_ message: Message) -> [Request]
}
