/// Keys are written the same way in keymap files, hint bars and tests.
extension Key: LosslessStringConvertible, ExpressibleByStringLiteral {
    private static let names: [(String, Code)] = [
        ("enter", .enter), ("esc", .escape), ("tab", .tab), ("backspace", .backspace), ("delete", .delete),
        ("insert", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home),
        ("end", .end), ("pgup", .pageUp), ("pgdown", .pageDown), ("space", .character(" ")),
    ]
    private static let modifierNames: [(String, Modifiers)] = [("ctrl", .control), ("alt", .alt), ("shift", .shift)]

    package var description: String {
        let held = Self.modifierNames.filter { modifiers.contains($0.1) }.map { $0.0 + "+" }.joined()
        return held + Self.name(of: code)
    }

    private static func name(of code: Code) -> String {
        if let name = names.first(where: { $0.1 == code }) { return name.0 }
        switch code {
        case .character(let character): return String(character)
        case .function(let number): return "f\(number)"
        default: return ""
        }
    }

    /// Reads `ctrl+s` and the like; nil for a name that no key has.
    package init?(_ description: String) {
        var rest = description[...]
        var modifiers: Modifiers = []
        while let held = Self.modifierNames.first(where: { rest.hasPrefix($0.0 + "+") }) {
            modifiers.insert(held.1)
            rest = rest.dropFirst(held.0.count + 1)
        }
        if let named = Self.names.first(where: { $0.0 == rest }) {
            self.init(named.1, modifiers)
        } else if let character = rest.first, rest.count == 1 {
            self.init(.character(character), modifiers)
        } else if rest.first == "f", let number = Int(rest.dropFirst()), (1...24).contains(number) {
            self.init(.function(number), modifiers)
        } else {
            return nil
        }
    }

    package init(stringLiteral value: String) {
        guard let key = Key(value) else { preconditionFailure("“\(value)” is not the name of a key") }
        self = key
    }
}
