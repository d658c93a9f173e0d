import DisplayText

/// A command that can be run by name.
package struct PaletteCommand: Equatable, Sendable, Identifiable {
    /// Its identifier.
    package var id: String
    /// Its effect.
    package var title: String
    /// The keys that do the same, as they are written.
    package var keys: String
    /// Of a thing that is opened, what it is; found by these words too.
    package var kind: String
    /// Why it cannot be run now; nil when it can.
    package var disabledReason: String?

    /// Describes a command.
    package init(id: String, title: String, keys: String = "", kind: String = "", disabledReason: String? = nil) {
        self.id = id
        self.title = title
        self.keys = keys
        self.kind = kind
        self.disabledReason = disabledReason
    }
}

/// All commands by name, with the keys they have and the reason why one cannot be run.
package struct CommandPalette: Equatable, Sendable {
    /// The request of an event.
    package enum Action: Equatable, Sendable {
        /// Run this command.
        case run(String)
        /// This one cannot be run now, and why.
        case refused(String)
        /// Run none.
        case cancelled
    }

    /// The commands.
    package private(set) var commands: [PaletteCommand]
    private var list: ChoiceList

    /// Offers commands, those that can be run first.
    package init(_ commands: [PaletteCommand]) {
        self.commands = Self.sorted(commands)
        list = ChoiceList(self.commands.map(Self.text))
    }

    /// The text that is typed.
    package var query: String { list.query.text }

    /// Offers other commands; what is typed and chosen stays.
    package mutating func replace(_ commands: [PaletteCommand]) {
        let before = self.commands
        self.commands = Self.sorted(commands)
        let places = Dictionary(self.commands.enumerated().map { ($1.id, $0) }) { first, _ in first }
        list.replace(self.commands.map(Self.text)) { places[before[$0].id] }
    }

    private static func sorted(_ commands: [PaletteCommand]) -> [PaletteCommand] {
        commands.filter { $0.disabledReason == nil } + commands.filter { $0.disabledReason != nil }
    }

    private static func text(_ command: PaletteCommand) -> String {
        command.kind.isEmpty ? command.title : command.title + " " + command.kind
    }

    /// Types, moves, runs and cancels; `area` is the whole page.
    package mutating func handle(_ event: Event, in area: Rect) -> Action? {
        let layout = ChoiceLayout(in: area, items: commands.count)
        if layout.isLeft(by: event, in: area) { return .cancelled }
        switch list.handle(event, list: layout.list) {
        case .chosen(let index):
            let command = commands[index]
            return command.disabledReason.map { .refused($0) } ?? .run(command.id)
        case .cancelled: return .cancelled
        case .highlighted, nil: return nil
        }
    }

    /// Draws the commands in the middle of the page.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let layout = ChoiceLayout(in: area, items: commands.count)
        canvas.fill(layout.frame, style: theme.style(.text, on: .panel))
        canvas.frame(
            layout.frame,
            style: theme.style(.borderFocus, on: .panel),
            title: "Commands",
            titleStyle: theme.style(.title, on: .panel, .bold)
        )
        let after = canvas.write(
            ": ",
            x: layout.query.x,
            y: layout.query.y,
            style: theme.style(.key, on: .panel),
            clip: layout.query
        )
        list.query.draw(
            in: layout.query.splitLeft(after - layout.query.x).rest,
            on: &canvas,
            theme: theme,
            placeholder: "type a command or a name",
            background: .panel
        )
        if list.matches.isEmpty {
            let text = "Nothing matches “\(list.query.text)”."
            canvas.line(text, in: layout.list, style: theme.style(.muted, on: .panel))
        }
        let first = list.firstSeen(height: layout.list.height)
        for (row, index) in list.matches.dropFirst(first).prefix(layout.list.height).enumerated() {
            let isChosen = first + row == list.cursor
            drawCommand(commands[index], isChosen: isChosen, in: layout.list.row(row), on: &canvas, theme: theme)
        }
        let reason = list.current.flatMap { commands[$0].disabledReason }
        canvas.line(
            reason ?? "enter run · esc cancel",
            in: layout.footer,
            style: theme.style(reason == nil ? .muted : .warning, on: .panel)
        )
    }

    private func drawCommand(
        _ command: PaletteCommand,
        isChosen: Bool,
        in line: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        let background: Role = isChosen ? .selection : .panel
        let isEnabled = command.disabledReason == nil
        canvas.fill(line, style: theme.style(.selectionText, on: background))
        canvas.write(
            isChosen ? "▸" : " ",
            x: line.x,
            y: line.y,
            style: theme.style(.selectionText, on: background),
            clip: line
        )
        let hint = command.kind.isEmpty ? command.keys : command.kind
        let (left, right) = line.splitLeft(2).rest.splitRight(min(hint.displayWidth, line.width / 3))
        let titleRole: Role = isChosen ? .selectionText : isEnabled ? .text : .muted
        canvas.line(command.title, in: left, style: theme.style(titleRole, on: background))
        let keyRole: Role = isChosen ? .selectionText : isEnabled && command.kind.isEmpty ? .key : .muted
        canvas.line(hint, in: right, style: theme.style(keyRole, on: background), alignment: .trailing)
    }
}
