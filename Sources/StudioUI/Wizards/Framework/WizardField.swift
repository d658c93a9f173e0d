import TerminalKit

/// A value of a draft that is one of a few; its raw value is how it is kept.
protocol WizardOption: RawRepresentable<String>, CaseIterable, Codable, Equatable {
    /// The value in words.
    var title: String { get }
}

/// A field of a step, and the way its value goes back into the draft.
struct WizardField<Draft> {
    /// The action when there are no choices.
    struct Remedy {
        /// The missing kind, “There are no models” for example.
        var text: String
        /// The verb of the button.
        var verb: String
        var route: Route
    }

    /// The field with the draft's value in it.
    var field: FormField
    /// The descriptions of a choice's values, by value.
    var details: [String: String] = [:]
    /// The action when a choice is empty.
    var remedy: Remedy?
    /// True when the value is the default.
    var isDefault = false
    /// True when the user begins in it while it is empty, although it may stay empty.
    var comesFirst = false
    /// True when the review lists it.
    var isReviewed = true
    /// Puts the form's value into the draft.
    var store: (Form, inout Draft) -> Void = { _, _ in }

    var id: String { field.id }

    /// The same field for a draft that holds this one.
    func lifted<Outer>(_ path: WritableKeyPath<Outer, Draft>) -> WizardField<Outer> {
        WizardField<Outer>(
            field: field,
            details: details,
            remedy: remedy.map { .init(text: $0.text, verb: $0.verb, route: $0.route) },
            isDefault: isDefault,
            comesFirst: comesFirst,
            isReviewed: isReviewed,
            store: { form, draft in store(form, &draft[keyPath: path]) }
        )
    }

    /// One line.
    static func text(
        _ id: String,
        _ label: String,
        _ path: WritableKeyPath<Draft, String>,
        of draft: Draft,
        help: String,
        placeholder: String = "",
        isRequired: Bool = false
    ) -> Self {
        Self(
            field: FormField(
                id,
                label,
                .text(draft[keyPath: path]),
                help: help,
                placeholder: placeholder,
                isRequired: isRequired
            ),
            isDefault: draft[keyPath: path].isEmpty,
            store: { form, draft in draft[keyPath: path] = form.text(id) }
        )
    }

    /// Lines of `key=value`.
    static func pairs(
        _ id: String,
        _ label: String,
        _ path: WritableKeyPath<Draft, String>,
        of draft: Draft,
        help: String
    ) -> Self {
        Self(
            field: FormField(id, label, .pairs(TextArea(draft[keyPath: path])), help: help, placeholder: "key=value"),
            isDefault: draft[keyPath: path].isEmpty,
            store: { form, draft in draft[keyPath: path] = form.text(id) }
        )
    }

    /// One of several values; none while the draft has an empty text.
    static func choice(
        _ id: String,
        _ label: String,
        _ path: WritableKeyPath<Draft, String>,
        of draft: Draft,
        _ options: [FormField.Option],
        help: String,
        isRequired: Bool = false
    ) -> Self {
        let value = draft[keyPath: path]
        let known = value.isEmpty || options.contains { $0.id == value } ? options : options + [FormField.Option(value)]
        let selected = known.contains { $0.id == value } ? value : nil
        return Self(
            field: FormField(id, label, .choice(known, selected: selected), help: help, isRequired: isRequired),
            isDefault: selected == nil,
            store: { form, draft in draft[keyPath: path] = form.choice(id) ?? "" }
        )
    }

    /// One of an enum's values; `standard` is the one that counts as the default, nil where none does.
    static func option<Value: WizardOption>(
        _ id: String,
        _ label: String,
        _ path: WritableKeyPath<Draft, Value>,
        of draft: Draft,
        standard: Value? = nil,
        help: String
    ) -> Self {
        let value = draft[keyPath: path]
        let options = Value.allCases.map { FormField.Option($0.rawValue, $0.title) }
        return Self(
            field: FormField(id, label, .choice(options, selected: value.rawValue), help: help),
            isDefault: value == standard,
            store: { form, draft in
                if let value = form.choice(id).flatMap({ Value(rawValue: $0) }) { draft[keyPath: path] = value }
            }
        )
    }

    /// Yes or no.
    static func toggle(
        _ id: String,
        _ label: String,
        _ path: WritableKeyPath<Draft, Bool>,
        of draft: Draft,
        help: String
    ) -> Self {
        Self(
            field: FormField(id, label, .toggle(draft[keyPath: path]), help: help),
            isDefault: !draft[keyPath: path],
            store: { form, draft in draft[keyPath: path] = form.isOn(id) }
        )
    }

    /// A value that follows from others.
    static func fixed(_ id: String, _ label: String, _ text: String) -> Self {
        Self(field: FormField(id, label, .readOnly(text)))
    }

    /// Texts to read, offered as a choice that is never made.
    static func reader(_ id: String, _ label: String, _ options: [FormField.Option], help: String) -> Self {
        let choice = FormField.Content.choice(options, selected: nil)
        let field = FormField(id, label, choice, help: help, placeholder: "enter opens the text")
        return Self(field: field, isReviewed: false)
    }
}
