import TerminalKit

extension WizardPage {
    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        now = scene.now
        let layout = layout(scene.area)
        if reading != nil { return read(event, layout, scene) }
        if kept != nil { return event == .key(.escape) ? [.back] : askAboutKept(in: scene) }
        if isCreating { return event == .key(.escape) ? nil : [] }
        if let action = rail.handle(event, in: layout.rail) {
            switch action {
            case .open(let target): return jump(to: target)
            }
        }
        if layout.isNarrow, event.click(in: layout.rail) != nil { return [.offer(id: "steps:", stepPicker)] }
        if let button = button(at: event, layout) { return press(button) }
        if event == .key(.escape) { return leave(in: scene) }
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
            forgiveForm()
            return []
        case .left:
            storeForm()
            judgeForm()
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
                judgeForm()
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
        guard !isCreating else { return [] }
        switch command {
        case .wizardNext: return next()
        case .wizardBack: return back()
        case .wizardSteps: return [.offer(id: "steps:", stepPicker)]
        case .wizardCreate: return create()
        case .wizardEdit: return editChosen()
        case .wizardSave: return [.keep(keptText, key: wizard.draftKey), .say(Toast("Draft kept.", role: .success))]
        case .copy: return [.copy(wizard.script, what: "The script")]
        default: return []
        }
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .wizardNext where isReview: return "This is the last step."
        case .wizardBack where step == 0: return "This is the first step."
        case .wizardCreate:
            if isCreating { return "It is being created." }
            return wizard.problems.first.map { "\(wizard.steps[$0.step]): \($0.text)" }
        case .copy where !wizard.problems.isEmpty: return "Put right first what the review marks."
        default: return nil
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
        case ("create", _): return choice == "create" && isReview && wizard.problems.isEmpty ? perform() : []
        case ("kept", _): return decide(choice)
        case ("leave", _): return leave(choice)
        default: return []
        }
    }
}
