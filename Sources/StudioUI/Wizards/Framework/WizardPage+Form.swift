import TerminalKit

extension WizardPage {
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
