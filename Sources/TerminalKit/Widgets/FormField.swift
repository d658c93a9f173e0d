/// A labelled value of a form.
package struct FormField: Equatable, Sendable, Identifiable {
    /// One of the values of a choice.
    package struct Option: Equatable, Sendable, Identifiable {
        /// Its identifier.
        package var id: String
        /// Its label.
        package var title: String

        /// Describes a value.
        package init(_ id: String, _ title: String? = nil) {
            self.id = id
            self.title = title ?? id
        }
    }

    /// The kind of its value, with the value as it is now.
    package enum Content: Equatable, Sendable {
        /// One line.
        case text(TextInput)
        /// A whole number, within a range if there is one.
        case integer(TextInput, ClosedRange<Int>?)
        /// One of several values; nil is none of them yet.
        case choice([Option], selected: String?)
        /// Yes or no.
        case toggle(Bool)
        /// Lines of `key=value`.
        case pairs(TextArea)
        /// A value that is shown only.
        case readOnly(String)
    }

    /// Its identifier.
    package let id: String
    /// The text before it.
    package var label: String
    /// Its meaning, range and default; shown while it has the keyboard.
    package var help: String
    /// The value of an empty field, shown in it.
    package var placeholder: String
    /// True when it must not be empty.
    package var isRequired: Bool
    /// What stands behind the label of a field that may be empty because it gets a value of its own: “generated”.
    package var remark = ""
    /// The value.
    package var content: Content
    /// The problems of it and what to do.
    package var error: String?
    /// True when it was changed or left, so that it may be validated.
    package var isTouched = false

    /// Describes a field.
    package init(
        _ id: String,
        _ label: String,
        _ content: Content,
        help: String = "",
        placeholder: String = "",
        isRequired: Bool = false
    ) {
        self.id = id
        self.label = label
        self.content = content
        self.help = help
        self.placeholder = placeholder
        self.isRequired = isRequired
    }

    /// The text of a choice that is not made: a required one opens its list with enter, too.
    var invitation: String {
        if !placeholder.isEmpty { return placeholder }
        return isRequired ? "choose with enter" : "choose with space"
    }

    /// The label with what says whether the field may be empty.
    var fullLabel: String { label + (isRequired ? " *" : remark.isEmpty ? "" : " (\(remark))") }

    /// The error with its sign, so that colour is not the only one.
    var errorText: String { error.map { "✗ " + $0 } ?? "" }

    var isEditable: Bool {
        if case .readOnly = content { return false }
        return true
    }
}

extension FormField.Content {
    /// One line that begins with a text.
    package static func text(_ text: String = "") -> Self {
        .text(TextInput(text))
    }

    /// A whole number, empty if nil.
    package static func integer(_ value: Int?, in range: ClosedRange<Int>? = nil) -> Self {
        .integer(TextInput(value.map { String($0) } ?? ""), range)
    }

    /// Lines of `key=value`.
    package static func pairs(_ pairs: [(key: String, value: String)]) -> Self {
        .pairs(TextArea(pairs.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")))
    }
}

extension FormField {
    /// The problem by the kind of the value; the domain checks the rest.
    package var problem: String? {
        switch content {
        case .text(let input):
            return isRequired && input.text.isEmpty ? "\(label) must not be empty." : nil
        case .integer(let input, let range):
            if input.text.isEmpty { return isRequired ? "\(label) must not be empty." : nil }
            guard let number = Int(input.text) else { return "\(label) must be a whole number, 10 for example." }
            guard let range, !range.contains(number) else { return nil }
            return "\(label) must be from \(range.lowerBound) to \(range.upperBound), not \(number)."
        case .choice(let options, let selected):
            let isChosen = options.contains { $0.id == selected }
            return isRequired && !isChosen ? "Choose one for \(label)." : nil
        case .pairs(let area):
            return KeyValueLines.problem(in: area.text)
        case .toggle, .readOnly:
            return nil
        }
    }
}
