/// Fields one below the other, one of them with the keyboard.
package struct Form: Equatable, Sendable {
    /// The request of an event to the page around a form.
    package enum Action: Equatable, Sendable {
        /// The value of this field is another one.
        case changed(String)
        /// The keyboard left this field: validate it.
        case left(String)
        /// Offer the values of this field in a picker.
        case choose(String)
        /// Enter was pressed in the last field.
        case submitted
    }

    /// The fields, top to bottom.
    package var fields: [FormField]
    /// The field that has the keyboard.
    package private(set) var focus: Int
    var offset = 0

    /// Begins in the first field that can be edited.
    package init(_ fields: [FormField]) {
        self.fields = fields
        focus = fields.firstIndex(where: \.isEditable) ?? 0
    }

    /// The field of a name; assigning to a name that is not there does nothing.
    package subscript(id: String) -> FormField? {
        get { fields.first { $0.id == id } }
        set {
            guard let newValue, let index = fields.firstIndex(where: { $0.id == id }) else { return }
            fields[index] = newValue
        }
    }

    /// The field that has the keyboard.
    package var focused: FormField? { fields.indices.contains(focus) ? fields[focus] : nil }

    /// Gives the keyboard to a field.
    package mutating func focus(on id: String) {
        guard let index = fields.firstIndex(where: { $0.id == id && $0.isEditable }) else { return }
        focus = index
    }

    /// Puts the keyboard into the first field with an error; false when there is none.
    @discardableResult
    package mutating func focusFirstError() -> Bool {
        guard let index = fields.firstIndex(where: { $0.error != nil && $0.isEditable }) else { return false }
        focus = index
        return true
    }

    /// Writes each field's problem, its own or the given one, below it; untouched fields are skipped unless all are validated.
    package mutating func validate(_ problems: [String: String] = [:], all: Bool = false) {
        for index in fields.indices {
            let field = fields[index]
            fields[index].error = all || field.isTouched ? field.problem ?? problems[field.id] : nil
        }
    }
}

// MARK: Values

extension Form {
    /// The text of a field of any kind, as it is written.
    package func text(_ id: String) -> String {
        switch self[id]?.content {
        case .text(let input), .integer(let input, _): input.text
        case .choice(_, let selected): selected ?? ""
        case .pairs(let area): area.text
        case .toggle(let isOn): String(isOn)
        case .readOnly(let text): text
        case nil: ""
        }
    }

    /// The number in a field; nil when it is empty or no number.
    package func integer(_ id: String) -> Int? { Int(text(id)) }

    /// The chosen value of a choice.
    package func choice(_ id: String) -> String? {
        guard case .choice(let options, let selected) = self[id]?.content else { return nil }
        return options.first { $0.id == selected }?.id
    }

    /// Returns whether a toggle is on.
    package func isOn(_ id: String) -> Bool { self[id]?.content == .toggle(true) }

    /// The pairs of a field, in order.
    package func pairs(_ id: String) -> [(key: String, value: String)] { KeyValueLines.pairs(in: text(id)) }

    /// Chooses a value, after a picker for example.
    package mutating func select(_ option: String, for id: String) {
        guard var field = self[id], case .choice(let options, _) = field.content else { return }
        field.content = .choice(options, selected: option)
        field.isTouched = true
        self[id] = field
    }
}

// MARK: Events

extension Form {
    /// Edits and moves.
    ///
    /// Keys: tab and arrows between fields, enter for the next one, left and right to choose, space for a picker;
    /// enter, too, where a choice must be made and is not.
    package mutating func handle(_ event: Event, in area: Rect) -> Action? {
        guard let field = focused else { return nil }
        offset = FormLayout(self, in: area).offset
        switch event {
        case .mouse: return point(event, in: area)
        case .key(.tab): return move(1)
        case .key(.backTab): return move(-1)
        case .key(.enter):
            if field.isRequired, case .choice(_, nil) = field.content { return .choose(field.id) }
        default: break
        }
        switch fields[focus].content.handle(event) {
        case .changed:
            fields[focus].isTouched = true
            return .changed(field.id)
        case .used: return nil
        case .choose: return .choose(field.id)
        case .ignored: return leaveFocused(by: event)
        }
    }

    private mutating func leaveFocused(by event: Event) -> Action? {
        switch event {
        case .key(.down): return move(1)
        case .key(.up): return move(-1)
        case .key(.enter): return isLastEditable ? leave(for: .submitted) : move(1)
        default: return nil
        }
    }

    private var isLastEditable: Bool { fields.lastIndex(where: \.isEditable) == focus }

    private mutating func leave(for action: Action) -> Action {
        fields[focus].isTouched = true
        return action
    }

    private mutating func move(_ step: Int) -> Action? {
        var target = focus + step
        while fields.indices.contains(target), !fields[target].isEditable { target += step }
        guard fields.indices.contains(target) else { return nil }
        return focus(onIndex: target)
    }

    private mutating func focus(onIndex target: Int) -> Action? {
        guard target != focus, fields[target].isEditable else { return nil }
        let action = leave(for: .left(fields[focus].id))
        focus = target
        return action
    }

    private mutating func point(_ event: Event, in area: Rect) -> Action? {
        let layout = FormLayout(self, in: area)
        if let rows = event.scroll(in: area) { return move(rows < 0 ? -1 : 1) }
        guard let point = event.click(in: area),
            let hit = layout.places.first(where: { $0.whole.contains(point) }), fields[hit.index].isEditable
        else { return nil }
        let left = focus(onIndex: hit.index)
        guard hit.value.contains(point) else { return left }
        // What a click does, the space bar does.
        switch fields[hit.index].content.handle(.key(.space), isClick: true) {
        case .changed:
            fields[hit.index].isTouched = true
            return .changed(fields[hit.index].id)
        case .choose: return .choose(fields[hit.index].id)
        case .used, .ignored: return left
        }
    }
}
