import BatchDomain
import FoundationEssentials
import TerminalKit

/// The whole studio as a value: the way of pages, what lies on top of them, and what the frame around them shows.
struct AppModel: Program {
    /// A page that is open.
    struct Screen {
        /// Tells screens apart, also two of the same page.
        let id: Int
        var page: any Page
        /// What its page showed when it was last asked for.
        var asked: Set<Query> = []
    }

    /// The workspace's folder, for its name.
    let folder: WorkspaceFolder
    /// What keys mean.
    let keymap: Keymap
    /// The themes there are, and the one that is shown.
    var themes: ThemeCatalog
    /// How many columns and rows there are.
    var size = Size(width: 80, height: 24)
    /// The way from the first page to the one that is shown; empty until the last session is known.
    var screens: [Screen] = []
    var overlay: Overlay?
    var toasts = Toasts()
    var errors = ErrorLog()
    /// Jobs and executor; nil until they are known.
    var status: StudioStatus?
    /// Queries on their way, and those to be asked again when they are back.
    var fetches = FetchLedger()
    /// Changes that were asked for and are not done.
    var pendingChanges = 0
    /// The time of the last thing that happened.
    var now: Date
    let time: LocalTime
    private(set) var hasBegun = false
    private var lastScreenID = 0

    /// Begins before anything is known.
    init(
        folder: WorkspaceFolder,
        keymap: Keymap = Keymap(),
        themes: ThemeCatalog,
        now: Date,
        time: LocalTime = .utc
    ) {
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

    /// Tells what is wrong with the user's files: all of it in the error log, on the page no more than a sentence.
    private mutating func tellProblems(_ problems: [Failure]) {
        for problem in problems { errors.add(problem, at: now) }
        guard let first = problems.first else { return }
        let text = problems.count == 1 ? first.text : "\(problems.count) problems with your files; ctrl+l lists them."
        toasts.show(Toast(text, role: .error))
    }

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

    /// What the page is shown in.
    var scene: Scene { Scene(area: layout.body, theme: themes.theme, now: now, time: time) }

    var subscriptions: Set<Subscription> {
        (page?.subscriptions ?? []).union(hasBegun ? [.changes] : [])
    }

    var pulse: Duration? {
        if !toasts.isEmpty { return .milliseconds(500) }
        return page?.isMoving == true ? .seconds(1) : nil
    }

    /// Notes an error: shown for a while, kept in the log.
    mutating func report(_ failure: Failure) {
        toasts.show(Toast(failure.text, role: .error))
        errors.add(failure, at: now)
    }

    /// Asks for the last session, once.
    mutating func begin() -> [Effect] {
        guard !hasBegun else { return [] }
        hasBegun = true
        return [.recallSession] + fetch(.status, screen: 0)
    }

    /// A number that no screen had before.
    mutating func newScreenID() -> Int {
        lastScreenID += 1
        return lastScreenID
    }

    /// Asks a query, unless it is on its way already; then it is asked again afterwards.
    mutating func fetch(_ query: Query, screen: Int) -> [Effect] {
        fetches.begin(query, screen: screen) ? [.fetch(query, screen: screen)] : []
    }
}
