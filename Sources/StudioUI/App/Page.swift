import TerminalKit

/// A page: a value that shows what the workspace holds, and says what it wants done.
///
/// No page does anything itself.
///
/// Wizards are pages too. A page that is opened gets: `restore`, then the content of its `queries`, then events and
/// commands. Everything but `route`, `title`, `contexts` and `draw` has a default.
protocol Page {
    /// Where it is.
    var route: Route { get }
    /// Its title in the breadcrumbs.
    var title: String { get }
    /// Where the keyboard is, innermost first: decides which bindings of the keymap apply.
    var contexts: [KeyContext] { get }
    /// True when letters are text now and no commands.
    var isTyping: Bool { get }
    /// Its query; sent when the page opens, when the workspace changes, and when this list changes.
    var queries: [Query] { get }
    /// Its other subscriptions.
    var subscriptions: Set<Subscription> { get }
    /// True when something on it moves by itself, so that it needs a tick every second.
    var isMoving: Bool { get }
    /// Its state for the next start.
    var memory: PageMemory { get }
    /// Its last requests, whatever the way it is left: by a key, the mouse, the end of the studio or a signal.
    var parting: [Request] { get }
    /// True when the window shares its room between the page and a preview of the selected row.
    var hasPreview: Bool { get }
    /// The preview of the selected row; nil where no row is selected.
    var preview: Preview? { get }
    /// How much of the width a preview on the right has, in percent.
    var paneShare: Int { get }

    /// Takes back what was kept, before anything is loaded.
    mutating func restore(_ memory: PageMemory)
    /// Begins: once, after `restore`.
    mutating func appear() -> [Request]
    /// Takes what a query found.
    mutating func receive(_ content: Content, in scene: Scene) -> [Request]
    /// Receives the failure of a query; returns whether the page shows it by itself.
    mutating func miss(_ query: Query, _ failure: Failure) -> Bool
    /// Receives the result of a change that it requested.
    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request]
    /// Receives the failure of a change that it requested. The text is shown and logged already.
    mutating func fail(_ useCase: UseCase, _ failure: Failure) -> [Request]
    /// Takes a key that is no command, text, or the mouse; nil when it has no use for it.
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]?
    /// Carries out a command of its contexts.
    mutating func run(_ command: Command, in scene: Scene) -> [Request]
    /// Takes the answer to a question it asked, or the item picked from what it offered.
    mutating func answer(_ question: String, _ choice: String) -> [Request]
    /// Lets time go by.
    mutating func advance(by elapsed: Duration)
    /// Why a command cannot be carried out now; nil when it can.
    func refusal(of command: Command) -> String?
    /// Draws everything.
    func draw(in scene: Scene, on canvas: inout Canvas)
}

/// The state of a page for the next start.
struct PageMemory: Codable, Equatable, Sendable {
    /// The identifier of the selected row.
    var selection: String?
    /// The text that rows must contain.
    var filter = ""
    /// The column that rows are sorted by.
    var sort: String?
    /// True when the order is turned round.
    var isDescending = false
    /// The open tab.
    var tab = 0
    /// The columns that are not shown.
    var hiddenColumns: [String]?
    /// The place of the selected row in a list that is loaded in parts.
    var row: Int?
}

extension Page {
    var isTyping: Bool { false }
    var queries: [Query] { [] }
    var subscriptions: Set<Subscription> { [] }
    var isMoving: Bool { false }
    var memory: PageMemory { PageMemory() }
    var parting: [Request] { [] }
    var hasPreview: Bool { false }
    var preview: Preview? { nil }
    var paneShare: Int { 45 }

    mutating func restore(_ memory: PageMemory) {}
    mutating func appear() -> [Request] { [] }
    mutating func receive(_ content: Content, in scene: Scene) -> [Request] { [] }
    mutating func miss(_ query: Query, _ failure: Failure) -> Bool { false }
    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] { [] }
    mutating func fail(_ useCase: UseCase, _ failure: Failure) -> [Request] { [] }
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? { nil }
    mutating func run(_ command: Command, in scene: Scene) -> [Request] { [] }
    mutating func answer(_ question: String, _ choice: String) -> [Request] { [] }
    mutating func advance(by elapsed: Duration) {}
    func refusal(of command: Command) -> String? { nil }
}
