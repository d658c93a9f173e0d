import TerminalKit

extension WizardPage {
    /// Rebuilds the fields from the draft; cursors and errors stay where they are.
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

    /// Writes the problems below the fields that may be validated.
    mutating func validateForm() {
        let problems = problems.filter { $0.step == step }
        let areAllValidated = validated.contains(step)
        for index in form.fields.indices {
            let field = form.fields[index]
            let isValidated = areAllValidated || field.isTouched
            form.fields[index].error = isValidated ? problems.first { $0.field == field.id }?.text : nil
        }
    }

    /// Takes errors away that are put right; new ones wait until the field is left.
    mutating func clearErrors() {
        let problems = problems.filter { $0.step == step }
        for index in form.fields.indices where form.fields[index].error != nil {
            let field = form.fields[index]
            form.fields[index].error = problems.first { $0.field == field.id }?.text
        }
    }

    /// Begins in the first field that has to be filled in, where there is one.
    mutating func focusFirstGap() {
        let gap = wizard.fields(of: step).first { field in
            (field.field.isRequired || field.comesFirst) && form.text(field.id).isEmpty
        }
        if let gap { form.focus(on: gap.id) }
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
}

extension FormField.Content {
    /// True when it has a cursor that must not jump.
    var isTyped: Bool {
        switch self {
        case .text, .integer, .pairs: true
        case .choice, .toggle, .readOnly: false
        }
    }
}
