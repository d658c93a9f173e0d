import BatchDomain
import FoundationEssentials
import TerminalKit
import TerminalTestSupport
import TestSupport

@testable import StudioUI

/// A studio without a terminal: takes keys and messages, and keeps what it asks for.
struct StudioBench {
    var model: AppModel
    /// Everything that was asked for, oldest first.
    private(set) var effects: [Effect] = []
    /// What checks of drafts find; nil finds nothing wrong.
    var checkFailure: Failure?
    /// True when checks of drafts are not answered.
    var isHoldingChecks = false

    static let now = SampleWorkspace.date

    init(
        size: Size = Size(width: 120, height: 36),
        keymap: Keymap = Keymap(),
        colors: ColorDepth = .direct,
        theme: String = "dark",
        opensHome: Bool = false
    ) {
        model = AppModel(
            folder: WorkspaceFolder(path: "/workspaces/default"),
            keymap: keymap,
            themes: ThemeCatalog.load(folder: nil, colors: colors, current: theme),
            now: Self.now
        )
        send(.event(.resize(size)))
        // Pages are opened above the endpoints, as after a session that ended there.
        let session = opensHome ? nil : Session(way: [Session.Stop(route: .section(.endpoints), memory: PageMemory())])
        send(.message(.recalled(session: session?.text, at: Self.now)))
        send(.message(.fetched(.status, screen: 0, .status(Samples.status), at: Self.now)))
    }

    /// Tells the model something; gives back what it asks for.
    @discardableResult
    mutating func send(_ input: Input<Message>) -> [Effect] {
        let new = model.update(input)
        effects += new
        if !isHoldingChecks { answerChecks(new) }
        return new
    }

    /// Answers the checks of drafts among effects, as a workspace does in which only ``checkFailure`` is wrong.
    private mutating func answerChecks(_ effects: [Effect]) {
        for case .fetch(.draftCheck(let check), let screen) in effects {
            let content = Content.draftCheck(check, checkFailure)
            send(.message(.fetched(.draftCheck(check), screen: screen, content, at: Self.now)))
        }
    }

    /// Answers the checks of drafts that were asked for so far.
    mutating func answerChecks() { answerChecks(effects) }

    /// Presses keys; gives back what the last one asks for.
    @discardableResult
    mutating func press(_ keys: Key...) -> [Effect] {
        var last: [Effect] = []
        for key in keys { last = send(.event(.key(key))) }
        return last
    }

    /// Opens a page on top.
    mutating func open(_ route: Route) {
        effects += model.push(route)
        send(.message(.noted("")))
        dismissToasts()
    }

    /// Takes all messages away.
    mutating func dismissToasts() {
        while !model.toasts.isEmpty { model.dismissToast() }
    }

    /// Answers a query of the page on top.
    mutating func answer(_ query: Query, _ content: Content) {
        let screen = model.screens.last?.id ?? 0
        send(.message(.fetched(query, screen: screen, content, at: Self.now)))
    }

    /// Answers the query of the preview that is shown, where there is one.
    mutating func answerPreview(_ content: PreviewContent) {
        guard let subject = model.previewSubject else { return }
        answer(.selection(subject), .selection(content))
    }

    /// Presses the key that deletes; the workspace answers that these deployments go or use it, and that these jobs need it.
    mutating func delete(
        _ deletions: [Deletion],
        users: [Deployment] = [],
        jobs: [JobOverview] = []
    ) {
        press(model.page?.route == .section(.endpoints) || deletions.first?.isEndpoint != true ? "D" : "ctrl+d")
        let plans = deletions.map { deletion in
            if case .endpoint = deletion { return DeletionPlan(deletion, deployments: Samples.deployments, jobs: jobs) }
            return DeletionPlan(deletion, users: users, jobs: jobs)
        }
        answer(.deletions(deletions), .deletions(plans))
    }

    /// What is on the screen.
    var canvas: Canvas {
        var canvas = Canvas(model.size)
        model.draw(on: &canvas)
        return canvas
    }

    /// The text on the screen.
    var text: String { canvas.plainText }

    /// The messages that are shown.
    var messages: [String] { model.toasts.current.map { [$0.text] } ?? [] }

    /// The titles of the way.
    var way: [String] { model.screens.map(\.page.title) }
}

extension Deletion {
    fileprivate var isEndpoint: Bool { if case .endpoint = self { true } else { false } }
}
