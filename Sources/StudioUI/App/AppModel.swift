import BatchDomain
import FoundationEssentials
import TerminalKit

/// The whole studio as a value: the way of pages, what lies on top of them, and what the frame around them shows.
struct AppModel: Program {
    /// The workspace's folder, for its name.
    let folder: WorkspaceFolder
    /// The meaning of keys.
    let keymap: Keymap
    let time: LocalTime
    /// The themes there are, and the one that is shown.
    private(set) var themes: ThemeCatalog
    /// The number of columns and rows.
    private(set) var size = Size(width: 80, height: 24)
    /// The pages that are open.
    var way = Way()
    private(set) var overlay: Overlay?
    /// The place of previews that the user chose.
    private(set) var paneChoice: PanePlacement?
    private(set) var toasts = Toasts()
    private(set) var history = MessageHistory()
    /// Jobs and executor; nil until they are known.
    private(set) var status: StudioStatus?
    /// Changes that were requested and are not done.
    private(set) var pendingChanges = 0
    /// The last change that can be taken back; nil where there is none.
    private(set) var undo: Undo?
    /// What takes back the changes that were requested and are not done.
    private var undos: [(useCase: UseCase, undo: Undo)] = []
    /// Jobs that were watched or started here and have not ended, as far as is known.
    private(set) var watchedJobs: Set<String> = []
    /// True when the end of such a job rings and is reported to the terminal.
    private(set) var notifies: Bool
    /// False while the terminal's window says that it is in the background.
    private(set) var hasFocus = true
    /// The time of the last event.
    private(set) var now: Date
    /// The signal that ended the session; nil where the user left.
    private(set) var endSignal: Int32?
    /// Queries on their way, and those to be asked again when they are back.
    private var fetches = FetchLedger()
    /// The number of keys and clicks so far.
    private var eventCount = 0
    /// The number of keys and clicks before the last error.
    private var errorEvent = 0
    private var hasBegun = false

    /// Begins before anything is known.
    init(
        folder: WorkspaceFolder,
        keymap: Keymap = Keymap(),
        themes: ThemeCatalog,
        now: Date,
        time: LocalTime = .utc,
        notifies: Bool = true
    ) {
        self.notifies = notifies
        self.folder = folder
        self.keymap = keymap
        self.themes = themes
        self.now = now
        self.time = time
        tellProblems(
            keymap.problems.map { Failure("read the keymap", text: $0) }
                + themes.problems.map { Failure("read the themes", text: $0) }
        )
    }

    /// Reports the problems of the user's files: all of it in the history, on the page no more than a sentence.
    private mutating func tellProblems(_ problems: [Failure]) {
        for problem in problems { history.add(problem, at: now) }
        guard let first = problems.first else { return }
        let text = problems.count == 1 ? first.text : "\(problems.count) problems with your files; ! lists them."
        toasts.show(Toast(text, role: .error))
    }

    /// The way from the first page to the one that is shown; empty until the last session is known.
    var screens: [Screen] { way.screens }

    /// The page that is shown.
    var page: (any Page)? { screens.last?.page }

    /// Where the keyboard is.
    var contexts: [KeyContext] { page?.contexts ?? [] }

    /// The section that the way began in.
    var section: Section? {
        guard case .section(let section) = screens.first?.page.route else { return nil }
        return section
    }

    var layout: AppLayout { AppLayout(size) }

    /// The surroundings of the page.
    var scene: Scene {
        Scene(area: paneLayout.page, theme: themes.theme, now: now, time: time, hasPane: panePlacement != .off)
    }

    var subscriptions: Set<Subscription> {
        (page?.subscriptions ?? []).union(hasBegun ? [.changes] : [])
    }

    var tick: Duration? {
        if !toasts.isEmpty || undo != nil { return .milliseconds(500) }
        return page?.isMoving == true ? .seconds(1) : nil
    }

    // MARK: What happens

    mutating func update(_ input: Input<Message>) -> [Effect] {
        let effects: [Effect]
        let (screen, message) = (screens.last?.id, toasts.current)
        switch input {
        case .event(let event):
            switch event {
            case .key, .paste, .mouse: eventCount += 1
            case .resize, .focus, .suspend, .terminate: break
            }
            effects = take(event)
            // A message belongs to the page on which it came.
            if screens.last?.id != screen, message != nil, toasts.current == message { toasts.dismiss() }
        case .message(let message): effects = take(message)
        case .tick(let elapsed): effects = advance(by: elapsed)
        }
        return effects + askWhatChanged()
    }

    /// Takes the size of the terminal; the first one asks for the last session.
    mutating func resize(_ size: Size) -> [Effect] {
        self.size = size
        guard !hasBegun else { return [] }
        hasBegun = true
        return [.recallSession] + fetch(.status, screen: 0)
    }

    private mutating func advance(by elapsed: Duration) -> [Effect] {
        now += elapsed.seconds
        toasts.advance(by: elapsed)
        undo?.remaining -= elapsed
        if let undo, undo.remaining <= .zero { self.undo = nil }
        _ = way.updateLast { $0.page.advance(by: elapsed) }
        return []
    }

    /// Notes that a signal ended the session.
    mutating func end(by signal: Int32) { endSignal = signal }

    /// Sets the clock to the time of a message.
    mutating func setClock(_ date: Date) { now = max(now, date) }

    // MARK: The frame

    /// Shows a message for a while, and keeps it in the history.
    mutating func show(_ toast: Toast) {
        toasts.show(toast)
        history.add(toast, at: now)
    }

    /// Says why a key does nothing now; that is over with the next key, and no part of the history.
    mutating func refuse(_ reason: String) { toasts.show(Toast(reason, role: .warning)) }

    /// Shows the progress of something; an error that came since the last key stays, as it may not have been read.
    mutating func note(_ text: String) {
        // Steps of tools are indented below what they are steps of.
        let toast = Toast(String(text.drop { $0.isWhitespace }))
        if toasts.current?.role != .error || errorEvent != eventCount { toasts.show(toast) }
        history.add(toast, at: now)
    }

    /// Takes the message away.
    mutating func dismissToast() { toasts.dismiss() }

    /// Reports an error: shown for a while, kept in the history.
    mutating func report(_ failure: Failure) {
        errorEvent = eventCount
        toasts.show(Toast(failure.text, role: .error))
        log(failure)
    }

    /// Reports the changes of several that were refused.
    mutating func report(_ failures: [Failure], done: Int) {
        guard let first = failures.first else { return }
        for failure in failures { log(failure) }
        errorEvent = eventCount
        let all = done + failures.count
        toasts.show(Toast("\(failures.count) of \(all) refused: \(first.text)", role: .error))
    }

    /// Keeps an error in the history.
    mutating func log(_ failure: Failure) { history.add(failure, at: now) }

    /// Puts something on top of the page; nil takes it away.
    mutating func setOverlay(_ overlay: Overlay?) { self.overlay = overlay }

    /// Shows another theme.
    mutating func show(theme: String) { themes.current = theme }

    /// Shows jobs and executor in the header.
    mutating func show(_ status: StudioStatus) { self.status = status }

    // MARK: The workspace

    /// Asks a query, unless it is on its way already; then it is asked again afterwards.
    mutating func fetch(_ query: Query, screen: Int) -> [Effect] {
        fetches.begin(query, screen: screen, event: eventCount) ? [.fetch(query, screen: screen)] : []
    }

    /// True where the user has done something since a query was asked.
    func isOvertaken(_ query: Query, screen: Int) -> Bool {
        fetches.event(of: query, screen: screen).map { $0 < eventCount } ?? false
    }

    /// Takes a query off its way, and asks it again where the workspace has changed meanwhile.
    mutating func endFetch(_ query: Query, screen: Int) -> [Effect] {
        let isOutdated = fetches.end(query, screen: screen)
        let isWanted = screen == 0 || screens.last?.id == screen
        return isOutdated && isWanted ? fetch(query, screen: screen) : []
    }

    /// Requests a change, and remembers what takes it back.
    mutating func perform(
        _ useCase: UseCase,
        screen: Int,
        undo: UseCase? = nil,
        isUndo: Bool = false
    ) -> [Effect] {
        pendingChanges += 1
        if !isUndo, let undo = undo ?? useCase.undo {
            undos.append((useCase, Undo(activity: useCase.activity, useCase: undo)))
        }
        return [.perform(useCase, screen: screen)]
    }

    /// Counts a change as done.
    mutating func endChange() { pendingChanges -= 1 }

    /// What takes back a change that was requested; it is asked for once, when the change is done or refused.
    mutating func takeUndo(of useCase: UseCase) -> Undo? {
        undos.firstIndex { $0.useCase == useCase }.map { undos.remove(at: $0).undo }
    }

    mutating func setUndo(_ undo: Undo?) { self.undo = undo }

    // MARK: Jobs that are watched

    /// Remembers a job whose end is reported, or forgets it.
    mutating func watch(_ job: String, _ isWatched: Bool) {
        if isWatched { watchedJobs.insert(job) } else { watchedJobs.remove(job) }
    }

    /// Turns the report of ended jobs on or off.
    mutating func setNotifies(_ notifies: Bool) { self.notifies = notifies }

    /// Notes whether the terminal's window is in front.
    mutating func setFocus(_ hasFocus: Bool) { self.hasFocus = hasFocus }

    /// The page on top may want to know something else now: another part of a list, another tab, another row in full.
    private mutating func askWhatChanged() -> [Effect] {
        guard let screen = screens.last else { return [] }
        let preview = askForPreview()
        let wanted = Set(screen.page.queries)
        guard wanted != screen.asked else { return preview }
        way[screen.id]?.asked = wanted
        return screen.page.queries.filter { !screen.asked.contains($0) }.flatMap { ask($0, screen: screen.id) }
            + preview
    }

    private mutating func askForPreview() -> [Effect] {
        guard let screen = screens.last, let subject = previewSubject else { return [] }
        let isWanted = updatePreview { $0.begin(subject) }
        return isWanted == true ? [.fetch(.selection(subject), screen: screen.id)] : []
    }

    /// Changes what is known for the previews of the page on top.
    mutating func updatePreview<Result>(_ body: (inout PreviewState) -> Result) -> Result? {
        way.updateLast { body(&$0.preview) }
    }

    /// Lets the previews of a page that is still open take something.
    mutating func updatePreview(of screen: Int, _ body: (inout PreviewState) -> Void) {
        guard var preview = way[screen]?.preview else { return }
        body(&preview)
        way[screen]?.preview = preview
    }

    /// Puts previews elsewhere.
    mutating func choosePane(_ placement: PanePlacement?) { paneChoice = placement }

    /// Asks everything that is on screen again.
    mutating func refresh() -> [Effect] {
        var effects = fetch(.status, screen: 0)
        if let screen = screens.last {
            way[screen.id]?.asked = Set(screen.page.queries)
            way[screen.id]?.preview.expire()
            for query in screen.page.queries { effects += ask(query, screen: screen.id) }
        }
        return effects
    }

    /// Asks a query of the workspace, or answers it at once where the model knows.
    private mutating func ask(_ query: Query, screen: Int) -> [Effect] {
        guard query == .messages else { return fetch(query, screen: screen) }
        let entries = history.entries
        return update(screen) { page, scene in page.receive(.messages(entries), in: scene) }
    }
}
