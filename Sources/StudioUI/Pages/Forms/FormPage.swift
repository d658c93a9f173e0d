import BatchDomain
import DisplayText
import TerminalKit

/// A form on a page of its own: fill in, save, back.
struct FormPage: Page {
    private let kind: any FormKind
    private(set) var form: Form
    /// The form as it began.
    private var begun: Form
    /// True when the fields may be shown: some begin with what the workspace has.
    private var isReady: Bool
    private var isDirty = false
    private var isWorking = false
    /// True when it is saved: there is nothing left to keep.
    private var isDone = false
    /// The values of a draft, until it is decided about.
    private(set) var kept: [String: String]?
    private var failure: Failure?

    init(_ kind: any FormKind) {
        self.kind = kind
        begun = Form(kind.fields())
        form = begun
        isReady = kind.queries.isEmpty
    }

    var route: Route { kind.route }
    var title: String { kind.title }
    var contexts: [KeyContext] { [.form] }
    var isTyping: Bool { true }
    /// True when something was entered that is not saved yet.
    var hasSomethingToLose: Bool { isDirty && !isDone }
    /// Asked once: what one has typed must not be overwritten.
    var queries: [Query] { isReady ? [] : kind.queries }

    mutating func appear() -> [Request] { [.recall(key: draftKey)] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .kept(draftKey, let text) = content {
            kept = Self.texts(of: text)
            return kept != nil && isReady ? askAboutKept : []
        }
        guard !isReady, let fields = kind.fields(from: content) else { return [] }
        begun = Form(fields)
        form = begun
        isReady = true
        return kept == nil ? [] : askAboutKept
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        self.failure = failure
        return true
    }

    private func fields(in scene: Scene) -> Rect {
        let inside = scene.area.inset(horizontal: 2, vertical: scene.area.height > 12 ? 1 : 0)
        let note = kind.note.wrapped(to: inside.width).count
        return inside.splitTop(kind.note.isEmpty ? 0 : min(note + 1, inside.height / 3)).rest
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        if event == .key(.escape) { return nil }
        if kept != nil { return askAboutKept }
        let action = form.handle(event, in: fields(in: scene))
        if case .changed = action { arrange() }
        validate(all: false)
        switch action {
        case .changed:
            isDirty = true
            return []
        case .choose(let id):
            guard case .choice(let options, let selected) = form[id]?.content else { return [] }
            let items = options.map { PickerItem(id: $0.id, title: $0.title) }
            return [.offer(id: "choice:" + id, Picker(form[id]?.label ?? "", items, selected: selected))]
        case .submitted: return submit()
        case .left: return []
        case nil: return Self.isOfForm(event) ? [] : nil
        }
    }

    /// Keys that a form has for itself even where they do nothing just now.
    private static func isOfForm(_ event: Event) -> Bool {
        let own: [Key] = [.tab, .backTab, .enter, .up, .down, .left, .right, .backspace, .delete, .home, .end]
        guard case .key(let key) = event else { return true }
        return own.contains(key) || key.typed != nil
    }

    /// Puts the fields that follow from a choice in the place of the others.
    private mutating func arrange() {
        guard let fields = kind.fields(after: form) else { return }
        let focus = form.focused?.id
        form = Form(fields.map { form[$0.id] ?? $0 })
        if let focus { form.focus(on: focus) }
    }

    private mutating func validate(all: Bool) {
        var problems: [String: String] = [:]
        for problem in kind.problems(form) where problems[problem.field] == nil {
            problems[problem.field] = "It \(problem.rule)." + (problem.example.map { " Example: \($0)" } ?? "")
        }
        form.validate(problems, all: all)
    }

    private mutating func submit() -> [Request] {
        validate(all: true)
        guard !form.focusFirstError(), !isWorking else { return [] }
        if let question = kind.question(form) { return [.ask(id: "sure", question)] }
        return perform()
    }

    private mutating func perform() -> [Request] {
        isWorking = true
        let changed = form.fields.map(\.id).filter { form.text($0) != begun.text($0) }
        return [.perform(kind.useCase(form, changed: Set(changed)))]
    }

    func refusal(of command: Command) -> String? {
        if command == .submit, isWorking { return "It is being done." }
        return command == .submit && !isReady ? "The form is still loading." : nil
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        command == .submit ? submit() : []
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        if question == "kept" { return decide(choice) }
        if question == "sure" { return choice == "yes" ? perform() : [] }
        form.select(choice, for: String(question.dropFirst("choice:".count)))
        arrange()
        isDirty = true
        validate(all: false)
        return []
    }

    private mutating func decide(_ choice: String) -> [Request] {
        guard let kept else { return [] }
        self.kept = nil
        guard choice == "continue" else { return [.keep(nil, key: draftKey)] }
        for (id, text) in kept { form.fill(id, text) }
        isDirty = true
        return []
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        let done = kind.done(outcome)
        isDone = true
        let said: [Request] = [.keep(nil, key: draftKey), .say(Toast(done.text, role: .success))]
        return said + (done.route.map { [.replace($0)] } ?? [.back])
    }

    mutating func fail(_ useCase: UseCase, _ failure: Failure) -> [Request] {
        isWorking = false
        for problem in failure.problems {
            let ids = [problem.field, kind.field(of: problem)]
            guard let id = ids.first(where: { form[$0] != nil }) else { continue }
            form[id]?.error = "It \(problem.rule)."
        }
        _ = form.focusFirstError()
        return []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        if let failure { return scene.drawMissing(failure, on: &canvas) }
        guard isReady else { return scene.drawLoading(on: &canvas) }
        let inside = scene.area.inset(horizontal: 2, vertical: scene.area.height > 12 ? 1 : 0)
        let fields = fields(in: scene)
        for (row, line) in kind.note.wrapped(to: inside.width).prefix(max(0, fields.y - inside.y)).enumerated() {
            canvas.line(line, in: inside.row(row), style: scene.theme[.warning])
        }
        form.draw(in: fields, on: &canvas, theme: scene.theme)
    }
}
