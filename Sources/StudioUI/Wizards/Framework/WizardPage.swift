import FoundationEssentials
import TerminalKit

/// A wizard as a page: rail, form of the step, buttons, review; keeps the draft and asks before one is lost.
struct WizardPage<W: Wizard>: Page {
    var wizard: W
    /// The draft as it was before anybody typed; what differs from it can be lost.
    var initial: W.Draft
    /// The step that is shown.
    var step = 0
    var visited: Set<Int> = [0]
    /// The steps whose fields are all judged: they were left, or Next was tried.
    var judged: Set<Int> = []
    var form: Form
    /// Whether the button below the form has the keyboard.
    var isOnButton = false
    /// What was reset by the last answer, or what is in the way.
    var note: String?
    /// Why the last try to create it did not work.
    var refusal: String?
    var isCreating = false
    /// What was kept by an earlier session, until it is decided about.
    var kept: KeptDraft<W.Draft>?
    var reading: WizardReading?
    var pane = TextPane()
    var cursor = 0
    var offset = 0
    /// The time of the last event, for drafts.
    var now = Date(timeIntervalSince1970: 0)

    init(_ wizard: W) {
        self.wizard = wizard
        initial = wizard.draft
        form = Form(wizard.fields(of: 0).map(\.field))
        focusFirstGap()
    }

    var route: Route { wizard.route }
    var title: String { wizard.title }
    var isReview: Bool { step == wizard.review }
    var isTyping: Bool { !isReview && !isOnButton && reading == nil && !isCreating }
    var queries: [Query] { wizard.queries }
    var holdsWork: Bool { hasSomethingToLose }

    var contexts: [KeyContext] {
        if reading != nil { return [.text] }
        return isReview ? [.review, .wizard] : [.wizard]
    }

    mutating func appear() -> [Request] { [.recall(key: wizard.draftKey)] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        now = scene.now
        if case .kept(wizard.draftKey, let text) = content { return text.map { offer(kept: $0, in: scene) } ?? [] }
        let isUntouched = wizard.draft == initial
        wizard.receive(content)
        if isUntouched { initial = wizard.draft }
        refreshForm()
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) {
        if !wizard.miss(query, failure) { refusal = failure.text }
    }

    /// Asks what is to be found out about the step's answers.
    mutating func ask() -> [Request] { wizard.questions(in: step).map { .fetch($0) } }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        guard isCreating else { return [] }
        isCreating = false
        return [.keep(nil, key: wizard.draftKey)] + wizard.open(outcome)
    }

    mutating func fail(_ useCase: UseCase, _ failure: Failure) -> [Request] {
        isCreating = false
        guard let place = wizard.refuse(failure), place.step != wizard.review else {
            refusal = failure.text
            return []
        }
        let requests = open(place.step)
        form.focus(on: place.field)
        form[place.field]?.error = place.text
        return requests
    }
}
