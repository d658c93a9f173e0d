import DisplayText

/// A button of a dialog.
package struct DialogButton: Equatable, Sendable, Identifiable {
    /// Its identifier.
    package var id: String
    /// Its label, preferably a verb.
    package var title: String
    /// True when it destroys something, so that it is never the first choice.
    package var isDangerous: Bool
    /// The letter that presses it, in lower case; nil where there is none.
    package var key: Character?

    /// Describes a button.
    package init(_ id: String, _ title: String, isDangerous: Bool = false, key: Character? = nil) {
        self.key = key
        self.id = id
        self.title = title
        self.isDangerous = isDangerous
    }
}

/// A question on top of the page.
///
/// The keyboard starts on a button that destroys nothing.
package struct Dialog: Equatable, Sendable {
    /// The request of an event.
    package enum Action: Equatable, Sendable {
        /// This button was pressed.
        case chosen(String)
        /// The question was sent away unanswered.
        case cancelled
    }

    /// The title in the frame.
    package let title: String
    /// The question and what follows from the answers; line ends are kept, long lines are wrapped.
    package let text: String
    /// The answers.
    package let buttons: [DialogButton]
    /// The button that has the keyboard.
    package private(set) var focus: Int

    /// Asks a question.
    package init(_ title: String, _ text: String, _ buttons: [DialogButton]) {
        self.title = title
        self.text = text
        self.buttons = buttons
        focus = buttons.firstIndex { !$0.isDangerous } ?? 0
    }

    /// Asks whether something is to be done: the safe answer is on the left, has the keyboard, and the keys are `n` and `y`.
    package init(
        _ title: String,
        _ text: String,
        no: DialogButton,
        yes: DialogButton,
        others: [DialogButton] = []
    ) {
        var (no, yes) = (no, yes)
        (no.key, yes.key) = ("n", "y")
        self.init(title, text, [no, yes] + others)
    }

    /// Chooses by arrows or tab and enter, or by mouse; escape sends the question away.
    package mutating func handle(_ event: Event, in area: Rect) -> Action? {
        switch event {
        case .key(.left), .key(.backTab): move(-1)
        case .key(.right), .key(.tab): move(1)
        case .key(.enter), .key(.space): return buttons.indices.contains(focus) ? .chosen(buttons[focus].id) : nil
        case .key(.escape): return .cancelled
        default:
            if case .key(let key) = event, let letter = key.typed?.lowercased(),
                let button = buttons.first(where: { $0.key.map(String.init) == letter })
            {
                return .chosen(button.id)
            }
            guard let point = event.click(in: area) else { return nil }
            return buttonPlaces(layout(in: area).buttons)
                .first { $0.area.contains(point) }
                .map { .chosen(buttons[$0.index].id) }
        }
        return nil
    }

    private mutating func move(_ step: Int) {
        guard !buttons.isEmpty else { return }
        focus = (focus + step + buttons.count) % buttons.count
    }

    private func label(_ index: Int) -> String {
        let key = buttons[index].key.map { "\($0) " } ?? ""
        return "[ \(key)\(buttons[index].title) ]"
    }

    private func layout(in area: Rect) -> (frame: Rect, lines: [String], buttons: Rect) {
        let buttonWidth = buttons.indices.reduce(0) { $0 + label($1).displayWidth + 2 }
        let width = min(area.width - 2, max(50, min(70, buttonWidth + 4)))
        let lines = text.wrapped(to: width - 4)
        let frame = area.centered(width: width, height: min(area.height, lines.count + 4))
        let inside = frame.inset(horizontal: 2, vertical: 1)
        return (frame, Array(lines.prefix(max(0, inside.height - 2))), inside.row(inside.height - 1))
    }

    private func buttonPlaces(_ row: Rect) -> [(index: Int, area: Rect)] {
        let widths = buttons.indices.map { label($0).displayWidth }
        let total = widths.reduce(0, +) + 2 * max(0, widths.count - 1)
        var x = row.x + max(0, row.width - total)
        return buttons.indices.map { index in
            defer { x += widths[index] + 2 }
            return (index, Rect(x: x, y: row.y, width: widths[index], height: row.height).intersection(row))
        }
    }

    /// Draws the question in the middle of the page.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let (frame, lines, buttonRow) = layout(in: area)
        canvas.fill(frame, style: theme.style(.text, on: .panel))
        canvas.frame(
            frame,
            style: theme.style(.borderFocus, on: .panel),
            title: title,
            titleStyle: theme.style(.title, on: .panel, .bold)
        )
        let inside = frame.inset(horizontal: 2, vertical: 1)
        for (row, line) in lines.enumerated() {
            canvas.line(line, in: inside.row(row), style: theme.style(.text, on: .panel))
        }
        for (index, place) in buttonPlaces(buttonRow) {
            let role: Role = buttons[index].isDangerous ? .error : .text
            let style =
                index == focus
                ? theme.style(.selectionText, on: .selection, .bold) : theme.style(role, on: .panel)
            canvas.line(label(index), in: place, style: style)
        }
        if frame.height > 2 { canvas.cursor = nil }
    }
}
