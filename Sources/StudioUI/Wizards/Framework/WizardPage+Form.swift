import TerminalKit

extension WizardPage {
    /// Puts the form's values into the draft, and what follows from them into the form.
    mutating func storeForm() {
        let old = wizard.draft
        for field in wizard.fields(of: step) { field.store(form, &wizard.draft) }
        guard wizard.draft != old else { return }
        let resets = wizard.settle(from: old)
        refreshForm()
        (note, refusal) = (resets.isEmpty ? nil : resets.joined(separator: " "), nil)
    }

    /// Builds the fields anew from the draft; cursors and errors stay where they are.
    mutating func refreshForm() {
        guard !isReview else { return }
        let focused = form.focused?.id
        let fresh = Form(wizard.fields(of: step).map(\.field))
        let fields = fresh.fields.map { field in
            guard let old = form[field.id] else { return field }
            var field = field
            (field.isTouched, field.error) = (old.isTouched, old.error)
            if old.content.isTyped, field.content.isTyped, form.text(field.id) == fresh.text(field.id) {
                field.content = old.content
            }
            return field
        }
        form.fields = fields
        if let focused { form.focus(on: focused) }
        if form.focused?.id != focused { form = Form(fields) }
    }

    /// Writes what is wrong below the fields that may be judged.
    mutating func judgeForm() {
        let problems = wizard.problems.filter { $0.step == step }
        let areAllJudged = judged.contains(step)
        for index in form.fields.indices {
            let field = form.fields[index]
            let isJudged = areAllJudged || field.isTouched
            form.fields[index].error = isJudged ? problems.first { $0.field == field.id }?.text : nil
        }
    }

    /// Takes errors away that are put right; new ones wait until the field is left.
    mutating func forgiveForm() {
        let problems = wizard.problems.filter { $0.step == step }
        for index in form.fields.indices where form.fields[index].error != nil {
            let field = form.fields[index]
            form.fields[index].error = problems.first { $0.field == field.id }?.text
        }
    }

    /// Offers the values of a choice; a key that led here is typed into the list.
    func choose(_ id: String, typing event: Event? = nil, in scene: Scene) -> [Request] {
        guard let field = wizard.fields(of: step).first(where: { $0.id == id }),
            case .choice(let options, let selected) = field.field.content
        else { return [] }
        if options.isEmpty, let remedy = field.remedy {
            let buttons = [DialogButton("go", remedy.verb), DialogButton("stay", "Stay")]
            return [.ask(id: "remedy:" + id, Dialog(field.field.label, remedy.text, buttons))]
        }
        let items = options.map { PickerItem(id: $0.id, title: $0.title, detail: field.details[$0.id] ?? "") }
        var picker = Picker(field.field.label, items, selected: selected)
        if let event { _ = picker.handle(event, in: scene.area) }
        return [.offer(id: "choose:" + id, picker)]
    }

    /// Takes the value that was picked for a choice.
    mutating func pick(_ choice: String, for id: String) -> [Request] {
        if let reading = wizard.reading(choice) {
            (self.reading, pane) = (reading, TextPane())
            return []
        }
        form.select(choice, for: id)
        storeForm()
        judgeForm()
        return keepDraft() + ask()
    }
}

extension FormField.Content {
    /// Whether it has a cursor that must not jump.
    fileprivate var isTyped: Bool {
        switch self {
        case .text, .integer, .pairs: true
        case .choice, .toggle, .readOnly: false
        }
    }
}
