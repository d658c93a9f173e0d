extension FormField.Content {
    /// The effect of an event on a field.
    enum Outcome {
        /// The value is another one.
        case changed
        /// The cursor moved, say.
        case used
        /// The values are to be offered in a picker.
        case choose
        /// The form can have it.
        case ignored

        init(_ action: TextInput.Action?) {
            switch action {
            case .changed: self = .changed
            case .moved: self = .used
            case nil: self = .ignored
            }
        }
    }

    /// Lets the field have an event; a click means something to fields without text only.
    mutating func handle(_ event: Event, isClick: Bool = false) -> Outcome {
        switch self {
        case .choice(let options, let selected): return choose(event, options, selected)
        case .toggle(let isOn):
            guard [.key(.space), .key(.left), .key(.right)].contains(event) else { return .ignored }
            self = .toggle(!isOn)
            return .changed
        case _ where isClick: return .ignored
        case .text(var input):
            defer { self = .text(input) }
            return Outcome(input.handle(event))
        case .integer(var input, let range):
            guard Self.fitsNumber(event) else { return .used }
            defer { self = .integer(input, range) }
            return Outcome(input.handle(event))
        case .pairs(var area):
            defer { self = .pairs(area) }
            return Outcome(area.handle(event))
        case .readOnly: return .ignored
        }
    }

    private static func fitsNumber(_ event: Event) -> Bool {
        switch event {
        case .key(let key): key.typed.map { isOfNumber($0) } ?? true
        case .paste(let text): text.allSatisfy { $0.isWhitespace || isOfNumber($0) }
        default: true
        }
    }

    private static func isOfNumber(_ character: Character) -> Bool {
        character == "-" || (character.isASCII && character.isWholeNumber)
    }

    private mutating func choose(
        _ event: Event,
        _ options: [FormField.Option],
        _ selected: String?
    ) -> Outcome {
        let current = options.firstIndex { $0.id == selected }
        let target: Int
        switch event {
        case .key(.space): return .choose
        case .key(.right): target = min(options.count - 1, (current ?? -1) + 1)
        case .key(.left): target = max(0, (current ?? 0) - 1)
        default: return .ignored
        }
        guard options.indices.contains(target), target != current else { return .used }
        self = .choice(options, selected: options[target].id)
        return .changed
    }
}
