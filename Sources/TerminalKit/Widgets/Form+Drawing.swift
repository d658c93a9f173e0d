import DisplayText

extension Form {
    /// The rows that the fields take, from the top of an area on.
    package func height(in area: Rect) -> Int {
        (FormLayout(self, in: area).places.map(\.whole.maxY).max() ?? area.y) - area.y
    }

    /// Draws the fields around the focused one, with errors below them and help below the focused one.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme, isFocused: Bool = true) {
        canvas.fill(area, style: theme[.text])
        for place in FormLayout(self, in: area).places {
            let field = fields[place.index]
            let hasFocus = isFocused && place.index == focus
            drawLabel(field, hasFocus, in: place.label, on: &canvas, theme: theme)
            drawValue(field, hasFocus, in: place.value, on: &canvas, theme: theme)
            drawLines(field.errorText, .error, in: place.error, on: &canvas, theme: theme)
            drawLines(field.help, .muted, in: place.help, on: &canvas, theme: theme)
        }
    }

    private func drawLabel(
        _ field: FormField,
        _ hasFocus: Bool,
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        let style = hasFocus ? theme.style(.accent, .bold) : field.isEditable ? theme[.text] : theme[.muted]
        canvas.line((hasFocus ? "▸" : " ") + field.fullLabel, in: area, style: style)
    }

    private func drawValue(
        _ field: FormField,
        _ hasFocus: Bool,
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        switch field.content {
        case .text(let input), .integer(let input, _):
            input.draw(
                in: area,
                on: &canvas,
                theme: theme,
                isFocused: hasFocus,
                placeholder: field.placeholder,
                background: .surface
            )
        case .pairs(let text):
            text.draw(in: area, on: &canvas, theme: theme, isFocused: hasFocus, background: .surface)
            guard text.text.isEmpty else { return }
            canvas.line(field.placeholder, in: area, style: theme.style(.muted, on: .surface))
        case .choice(let options, let selected):
            let title = options.first { $0.id == selected }?.title ?? field.invitation
            canvas.line("‹ \(title) ›", in: area, style: hasFocus ? theme[.accent] : theme[.text])
        case .toggle(let isOn):
            canvas.line(isOn ? "[x] yes" : "[ ] no", in: area, style: hasFocus ? theme[.accent] : theme[.text])
        case .readOnly(let text):
            canvas.line(text, in: area, style: theme[.muted])
        }
    }

    private func drawLines(
        _ text: String,
        _ role: Role,
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        for (row, line) in text.wrapped(to: area.width).prefix(area.height).enumerated() {
            canvas.line(line, in: area.row(row), style: theme[role])
        }
    }
}
