/// A key with what is held down beside it, written like `ctrl+s`, `alt+1`, `shift+tab`, `f10`, `G` or `?`.
package struct Key: Hashable, Sendable {
    /// The key itself.
    package enum Code: Hashable, Sendable {
        /// A key that types something; a capital letter stands for itself, without `shift`.
        case character(Character)
        case enter, escape, tab, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        /// F1 and up.
        case function(Int)
    }

    /// The modifiers.
    package struct Modifiers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Shift, reported only for keys that type nothing.
        package static let shift = Modifiers(rawValue: 1)
        /// Alt, or Escape pressed just before.
        package static let alt = Modifiers(rawValue: 2)
        /// Control.
        package static let control = Modifiers(rawValue: 4)
    }

    /// The key itself.
    package var code: Code
    /// Its modifiers.
    package var modifiers: Modifiers

    /// Presses a key, alone unless modifiers are given.
    package init(_ code: Code, _ modifiers: Modifiers = []) {
        self.code = code
        self.modifiers = modifiers
    }

    /// The character to insert when this key is pressed in a text field; nil for everything that is a command.
    package var typed: Character? {
        guard modifiers.isEmpty, case .character(let character) = code else { return nil }
        return character
    }
}

extension Key {
    /// The Enter or Return key.
    package static let enter = Key(.enter)
    /// The Escape key.
    package static let escape = Key(.escape)
    /// The Tab key.
    package static let tab = Key(.tab)
    /// Shift and Tab.
    package static let backTab = Key(.tab, .shift)
    /// The Backspace key.
    package static let backspace = Key(.backspace)
    /// The Delete key.
    package static let delete = Key(.delete)
    /// The space bar.
    package static let space = Key(.character(" "))
    /// Arrow up.
    package static let up = Key(.up)
    /// Arrow down.
    package static let down = Key(.down)
    /// Arrow left.
    package static let left = Key(.left)
    /// Arrow right.
    package static let right = Key(.right)
    /// The Home key.
    package static let home = Key(.home)
    /// The End key.
    package static let end = Key(.end)
    /// Page up.
    package static let pageUp = Key(.pageUp)
    /// Page down.
    package static let pageDown = Key(.pageDown)

    /// A key that types a character.
    package static func character(_ character: Character) -> Key {
        Key(.character(character))
    }

    /// Control and a letter.
    package static func control(_ character: Character) -> Key {
        Key(.character(character), .control)
    }

    /// Alt and a character.
    package static func alt(_ character: Character) -> Key {
        Key(.character(character), .alt)
    }

    /// F1 and up.
    package static func function(_ number: Int) -> Key {
        Key(.function(number))
    }
}
