import DisplayText

/// Several lines of text that can be edited.
package struct TextArea: Equatable, Sendable {
    private var lines: [TextInput]
    /// The line with the cursor.
    package private(set) var row: Int

    /// Begins with a text and the cursor behind it.
    package init(_ text: String = "") {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { TextInput(String($0)) }
        row = lines.count - 1
    }

    /// The whole text.
    package var text: String { lines.map(\.text).joined(separator: "\n") }
    /// How many lines there are, one at least.
    package var lineCount: Int { lines.count }

    /// Edits the text; nil for events it has no use for, like an arrow up in the first line.
    package mutating func handle(_ event: Event) -> TextInput.Action? {
        switch event {
        case .paste(let pasted):
            insert(pasted)
            return .changed
        case .key(.enter):
            insert("\n")
            return .changed
        case .key(.up) where row > 0: return moveTo(row - 1)
        case .key(.down) where row + 1 < lines.count: return moveTo(row + 1)
        case .key(.backspace) where lines[row].cursor == 0 && row > 0:
            let rest = lines.remove(at: row).text
            row -= 1
            lines[row] = Self.input(lines[row].text, then: rest)
            return .changed
        default: return lines[row].handle(event)
        }
    }

    private mutating func moveTo(_ newRow: Int) -> TextInput.Action {
        let column = lines[row].cursor
        row = newRow
        lines[row] = Self.input(
            String(lines[row].text.prefix(column)),
            then: String(lines[row].text.dropFirst(column))
        )
        return .moved
    }

    private mutating func insert(_ added: String) {
        let head = String(lines[row].text.prefix(lines[row].cursor))
        let tail = String(lines[row].text.dropFirst(lines[row].cursor))
        var pieces = added.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.sanitized)
        pieces[0] = head + pieces[0]
        let last = pieces.removeLast()
        lines.replaceSubrange(row...row, with: pieces.map { TextInput($0) } + [Self.input(last, then: tail)])
        row += pieces.count
    }

    /// An input with the cursor between two texts.
    private static func input(_ head: String, then tail: String) -> TextInput {
        var input = TextInput(tail)
        _ = input.handle(.key(.home))
        input.insert(head)
        return input
    }

    /// Draws the lines around the cursor.
    package func draw(
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme,
        isFocused: Bool = true,
        background: Role = .background
    ) {
        canvas.fill(area, style: theme.style(.text, on: background))
        let first = Viewport.offset(0, cursor: row, height: area.height, count: lines.count)
        for index in lines.indices.dropFirst(first).prefix(area.height) {
            lines[index].draw(
                in: area.row(index - first),
                on: &canvas,
                theme: theme,
                isFocused: isFocused && index == row,
                background: background
            )
        }
    }
}
