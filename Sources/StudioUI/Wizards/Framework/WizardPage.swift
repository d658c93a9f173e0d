import FoundationEssentials
import TerminalKit

/// A wizard as a page: stepper, form of the step, buttons, review; keeps the draft whatever the way it is left.
struct WizardPage<W: Wizard>: Page {
    private(set) var wizard: W
    /// The draft before the user typed; what differs from it can be lost.
    private(set) var initial: W.Draft
    /// The step that is shown.
    private(set) var step = 0
    private(set) var visited: Set<Int> = [0]
    /// The steps whose fields are all validated: they were left, or Next was pressed.
    private(set) var validated: Set<Int> = []
    var form: Form
    /// True when the button below the form has the keyboard.
    var isOnButton = false
    /// What checks of the workspace have found.
    var checks = StepChecks()
    /// The step that opens when a check has passed; nil while none is waited for.
    var pending: PendingStep?
    /// The values that the last answer reset, or the obstacle.
    private(set) var note: String?
    /// Why the last attempt to create it failed.
    private(set) var refusal: String?
    private(set) var isCreating = false
    /// True when it is created: there is nothing left to keep.
    private(set) var isDone = false
    /// The draft of an earlier session, until it is decided about.
    private(set) var kept: KeptDraft<W.Draft>?
    private(set) var reading: WizardReading?
    private(set) var pane = TextPane()
    private(set) var cursor = ReviewCursor()
    /// The time of the last event, for drafts.
    private(set) var now = Date(timeIntervalSince1970: 0)

    init(_ wizard: W) {
        self.wizard = wizard
        initial = wizard.draft
        step = wizard.start
        visited = Set(0...wizard.start)
        form = Form(wizard.fields(of: wizard.start).map(\.field))
        focusFirstGap()
    }

    var route: Route { wizard.route }
    var title: String { wizard.title }
    var isReview: Bool { step == wizard.review }
    var isTyping: Bool { !isReview && !isOnButton && reading == nil && !isCreating }
    var queries: [Query] { wizard.queries }

    var contexts: [KeyContext] {
        if reading != nil { return [.text] }
        return isReview ? [.review, .wizard] : [.wizard]
    }

    mutating func appear() -> [Request] { [.recall(key: wizard.draftKey)] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        now = scene.now
        if case .kept(wizard.draftKey, let text) = content { return text.map { offer(kept: $0, in: scene) } ?? [] }
        if case .draftCheck(let check, let failure) = content { return receive(check, failure, in: scene) }
        let isUntouched = wizard.draft == initial
        wizard.receive(content)
        if isUntouched { initial = wizard.draft }
        refreshForm()
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        if !wizard.miss(query, failure) { refusal = failure.text }
        return true
    }

    /// Asks what is to be found out about the step's answers.
    mutating func ask() -> [Request] { wizard.questions(in: step).map { .fetch($0) } }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        guard isCreating else { return [] }
        (isCreating, isDone) = (false, true)
        return [.keep(nil, key: wizard.draftKey)] + wizard.open(outcome)
    }

    mutating func fail(_ useCase: UseCase, _ failure: Failure) -> [Request] {
        isCreating = false
        guard let place = wizard.problems(of: failure).first, place.step != wizard.review else {
            refusal = failure.text
            return []
        }
        let requests = open(place.step)
        form.focus(on: place.field)
        form[place.field]?.error = place.text
        return requests
    }

    // MARK: Events

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        now = scene.now
        let layout = layout(scene.area)
        if reading != nil { return read(event, layout, scene) }
        if kept != nil { return event == .key(.escape) ? [.back] : askAboutKept(in: scene) }
        if isCreating { return event == .key(.escape) ? nil : [] }
        if pending != nil, event != .key(.escape) {
            pending?.events.append(event)
            return []
        }
        if let action = stepper.handle(event, in: layout.stepper) {
            switch action {
            case .open(let target): return jump(to: target)
            }
        }
        if layout.isNarrow, event.click(in: layout.stepper) != nil { return [.offer(id: "steps:", stepPicker)] }
        if let button = button(at: event, layout) { return press(button) }
        if event == .key(.escape) { return [.back] }
        if isReview { return handleReview(event, in: layout.content, scene) }
        return isOnButton ? handleButton(event, layout, scene) : fill(event, layout, scene)
    }

    private mutating func handleButton(_ event: Event, _ layout: WizardLayout, _ scene: Scene) -> [Request]? {
        switch event {
        case .key(.enter), .key(.space): return next()
        case .key(.backTab), .key(.up):
            isOnButton = form.focused == nil
            return []
        case .key(.tab), .key(.down), .key(.backspace): return []
        case .mouse:
            isOnButton = form.focused == nil
            return isOnButton ? nil : fill(event, layout, scene)
        default: return nil
        }
    }

    /// Lets the form have an event.
    private mutating func fill(_ event: Event, _ layout: WizardLayout, _ scene: Scene) -> [Request]? {
        guard let focused = form.focused else { return nil }
        // The shell's word for one character left means Back here; the arrow does the same.
        if event == .key("ctrl+b") { return nil }
        if case .choice = focused.content, case .key(let key) = event {
            let isReader = wizard.fields(of: step).contains { $0.id == focused.id && !$0.isReviewed }
            let opens = isReader && [.enter, .left, .right].contains(key)
            if opens { return choose(focused.id, in: scene) }
            // A long list is typed into; of two or three values the arrows choose.
            if focused.isRequired, let typed = key.typed, typed != " " {
                return choose(focused.id, typing: event, in: scene)
            }
        }
        let before = form
        switch form.handle(event, in: formArea(layout)) {
        case .changed:
            storeForm()
            clearErrors()
            return []
        case .left:
            storeForm()
            validateForm()
            return keepDraft() + ask()
        case .choose(let id):
            return choose(id, in: scene)
        case .submitted:
            storeForm()
            return next()
        case nil:
            if event == .key(.tab) || event == .key(.down), before.focus == form.focus {
                // The last field is left for the button.
                isOnButton = true
                storeForm()
                validateForm()
                return keepDraft() + ask()
            }
            let isUsed = form != before || isOnButton || event == .key(.backspace)
            return isUsed ? [] : nil
        }
    }

    private mutating func read(_ event: Event, _ layout: WizardLayout, _ scene: Scene) -> [Request]? {
        if event == .key(.escape) {
            reading = nil
            return []
        }
        let area = readingArea(layout)
        return pane.handle(event, lineCount: readingLines(area, scene.theme).count, in: area) ? [] : nil
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        now = scene.now
        guard kept == nil else { return askAboutKept(in: scene) }
        guard !isCreating, pending == nil else { return [] }
        switch command {
        case .wizardNext: return next()
        case .wizardBack: return back()
        case .wizardSteps: return [.offer(id: "steps:", stepPicker)]
        case .wizardCreate: return create()
        case .wizardEdit: return editChosen(in: scene)
        case .wizardSave: return [.keep(keptText, key: wizard.draftKey), .say(Toast("Draft kept.", role: .success))]
        case .copy: return [.copy(wizard.script, what: "The script")]
        default: return []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        let parts = question.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts[0], parts.dropFirst().first) {
        case ("choose", let field?): return pick(choice, for: field)
        case ("remedy", let id?):
            guard choice == "go", let field = wizard.fields(of: step).first(where: { $0.id == id }) else { return [] }
            return keepDraft() + (field.remedy.map { [.open($0.route)] } ?? [])
        case ("steps", _): return jump(to: Int(choice) ?? step)
        case ("create", _): return choice == "create" && isReview && problems.isEmpty ? perform() : []
        case ("kept", _): return decide(choice)
        default: return []
        }
    }

    // MARK: The form

    /// Puts the form's values into the draft, and what follows from them into the form.
    mutating func storeForm() {
        let old = wizard.draft
        for field in wizard.fields(of: step) { field.store(form, &wizard.draft) }
        guard wizard.draft != old else { return }
        let resets = wizard.normalize(from: old)
        refreshForm()
        (note, refusal) = (resets.isEmpty ? nil : resets.joined(separator: " "), nil)
    }

    /// Takes the value that was picked for a choice.
    mutating func pick(_ choice: String, for id: String) -> [Request] {
        if let reading = wizard.reading(choice) {
            (self.reading, pane) = (reading, TextPane())
            return []
        }
        form.select(choice, for: id)
        storeForm()
        validateForm()
        return keepDraft() + ask()
    }

    // MARK: The steps

    /// Goes to a step: back is always free, forward to where one has been and past steps that are all right.
    mutating func jump(to target: Int) -> [Request] {
        guard target != step else { return [] }
        let obstacle = problems.first { $0.step < target }
        guard target > step, !visited.contains(target), let obstacle else { return open(target) }
        note = "\(wizard.steps[obstacle.step]) comes first: \(obstacle.text)"
        return []
    }

    mutating func next() -> [Request] {
        guard !isReview else { return [] }
        validated.insert(step)
        validateForm()
        let target = wizard.steps.indices.first { $0 > step && wizard.isNeeded($0) } ?? wizard.review
        // Asked again each time: what was wrong on the disk may be right now.
        if let check = wizard.check(of: step), !wizard.problems.contains(where: { $0.step == step }) {
            pending = PendingStep(check: check, target: target)
            return keepDraft() + [.fetch(.draftCheck(check))]
        }
        guard !problems.contains(where: { $0.step == step }) else {
            isOnButton = false
            form.focusFirstError()
            return keepDraft()
        }
        return open(target)
    }

    mutating func back() -> [Request] {
        wizard.steps.indices.last { $0 < step && wizard.isNeeded($0) }.map { open($0) } ?? []
    }

    /// Shows a step; the one before is validated from now on.
    mutating func open(_ target: Int) -> [Request] {
        validated.insert(step)
        // A step that is left by a jump is checked meanwhile; the review shows all steps.
        let unchecked = target == wizard.review ? Array(wizard.steps.indices) : [step]
        let requests = unchecked.filter { !isChecked($0) }.flatMap { requestCheck(of: $0) }
        pending = nil
        step = target
        visited.insert(target)
        if isReview {
            visited = Set(wizard.steps.indices)
            validated = visited
        }
        form = Form(wizard.fields(of: step).map(\.field))
        focusFirstGap()
        validateForm()
        form.focusFirstError()
        (isOnButton, note, cursor) = (form.focused == nil, nil, ReviewCursor())
        return keepDraft() + requests + ask()
    }

    /// Creates it, or shows what is in the way.
    mutating func create() -> [Request] {
        guard isReview else { return jump(to: wizard.review) }
        guard !isCreating, problems.isEmpty else { return [] }
        return failedVerdict.map { askAboutFailure($0) } ?? perform()
    }

    /// Creates it, whatever checks found.
    mutating func perform() -> [Request] {
        (isCreating, refusal) = (true, nil)
        return [.keep(keptText, key: wizard.draftKey), .perform(wizard.useCase)]
    }

    mutating func press(_ button: WizardButton) -> [Request] {
        switch button {
        case .back: return back()
        case .next: return next()
        case .create:
            note = refusal(of: .wizardCreate)
            return note == nil ? create() : []
        }
    }

    // MARK: The review

    mutating func handleReview(_ event: Event, in area: Rect, _ scene: Scene) -> [Request]? {
        let rows = reviewRows(withScript: !scene.hasPane)
        let lines = reviewLines(rows, width: area.width, theme: scene.theme)
        switch cursor.handle(event, rows, lines.map(\.row), in: area) {
        case .moved: return []
        case .opened: return editChosen(in: scene)
        case nil: return nil
        }
    }

    /// Goes to the field of the line under the cursor.
    mutating func editChosen(in scene: Scene) -> [Request] {
        let rows = reviewRows(withScript: !scene.hasPane)
        guard isReview, let row = cursor.row(in: rows) else { return [] }
        guard case .value(let step, let field, _, _, _, _) = rows[row] else {
            return [.copy(wizard.script, what: "The script")]
        }
        let requests = open(step)
        form.focus(on: field)
        return requests
    }

    // MARK: The draft

    /// Asks what to do with the draft of an earlier session.
    mutating func offer(kept text: String, in scene: Scene) -> [Request] {
        guard let draft = KeptDraft<W.Draft>(text: text), draft.draft != initial else { return [] }
        kept = draft
        return askAboutKept(in: scene)
    }

    mutating func decide(_ choice: String) -> [Request] {
        guard let kept else { return [] }
        self.kept = nil
        guard choice == "continue" else { return [.keep(nil, key: wizard.draftKey)] }
        wizard.draft = kept.draft
        (visited, validated) = (kept.visited, kept.validated)
        step = min(kept.step, wizard.review)
        form = Form(wizard.fields(of: step).map(\.field))
        validateForm()
        form.focusFirstError()
        return ask()
    }
}
