import DisplayText

/// One line of text that can be edited.
package struct TextInput: Equatable, Sendable {
    /// The effect of an event.
    package enum Action: Equatable, Sendable {
        /// The text is another one now.
        case changed
        /// Only the cursor moved.
        case moved
    }

    /// The text.
    package private(set) var text: String
    /// The cursor, in characters from the start.
    package private(set) var cursor: Int
    /// True when only the length of the text is shown.
    package let isSecret: Bool

    /// Begins with a text and the cursor behind it.
    package init(_ text: String = "", isSecret: Bool = false) {
        self.isSecret = isSecret
        self.text = text
        cursor = text.count
    }

    /// Replaces the whole text and puts the cursor behind it.
    package mutating func replace(with text: String) {
        self = TextInput(text, isSecret: isSecret)
    }

    private var head: Substring { text.prefix(cursor) }
    private var tail: Substring { text.dropFirst(cursor) }

    /// Puts text in at the cursor; line ends become spaces.
    package mutating func insert(_ added: String) {
        let rest = tail
        // An accent typed by itself joins the character before it: it must not be dropped as one that has no base, and the
        // cursor is counted again.
        let clean = ("x" + added).sanitized.unicodeScalars.dropFirst()
        let newHead = String(head) + String(clean)
        cursor = newHead.count
        text = newHead + rest
    }

    /// Edits the text; nil when the event is none of an input's, so that others can have it.
    package mutating func handle(_ event: Event) -> Action? {
        let before = self
        switch event {
        case .paste(let pasted):
            var pasted = pasted[...]
            while pasted.last?.isNewline == true { pasted.removeLast() }
            insert(String(pasted))
        case .key(let key):
            if let typed = key.typed {
                insert(String(typed))
            } else {
                guard edit(key) else { return nil }
            }
        default:
            return nil
        }
        return before.text == text ? .moved : .changed
    }

    /// The keys of every shell's line editor; false for a key that means nothing here.
    private mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .left, "ctrl+b": cursor = max(0, cursor - 1)
        case .right, "ctrl+f": cursor = min(text.count, cursor + 1)
        case .home, "ctrl+a": cursor = 0
        case .end, "ctrl+e": cursor = text.count
        case "ctrl+left", "alt+b": cursor = startOfWord
        case "ctrl+right", "alt+f": cursor = endOfWord
        case .backspace, "ctrl+h": remove(from: max(0, cursor - 1), to: cursor)
        case .delete: remove(from: cursor, to: min(text.count, cursor + 1))
        case "ctrl+w", "alt+backspace": remove(from: startOfWord, to: cursor)
        case "ctrl+u": remove(from: 0, to: cursor)
        case "ctrl+k": remove(from: cursor, to: text.count)
        default: return false
        }
        return true
    }

    private mutating func remove(from start: Int, to end: Int) {
        text = String(text.prefix(start) + text.dropFirst(end))
        cursor = start
    }

    private var startOfWord: Int {
        var rest = head
        while rest.last?.isWhitespace == true { rest.removeLast() }
        while let last = rest.last, !last.isWhitespace { rest.removeLast() }
        return rest.count
    }

    private var endOfWord: Int {
        let gap = tail.prefix { $0.isWhitespace }
        return cursor + gap.count + tail.dropFirst(gap.count).prefix { !$0.isWhitespace }.count
    }

    /// Draws the text around the cursor, and the cursor itself when the input has the keyboard.
    package func draw(
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme,
        isFocused: Bool = true,
        placeholder: String = "",
        background: Role = .background
    ) {
        let area = area.row(0)
        guard !area.isEmpty else { return }
        canvas.fill(area, style: theme.style(.text, on: background))
        if text.isEmpty {
            canvas.line(placeholder, in: area, style: theme.style(.muted, on: background))
        }
        // A secret is shown by its length.
        let shown = isSecret ? String(repeating: "•", count: text.count) : text
        let column = isSecret ? head.count : head.displayWidth
        let hidden = isFocused ? max(0, column - area.width + 1) : 0
        canvas.write(shown, x: area.x - hidden, y: area.y, style: theme.style(.text, on: background), clip: area)
        if isFocused { canvas.cursor = Point(x: area.x + column - hidden, y: area.y) }
    }
}
