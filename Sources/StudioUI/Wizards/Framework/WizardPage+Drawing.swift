import DisplayText
import TerminalKit

extension WizardPage {
    func draw(in scene: Scene, on canvas: inout Canvas) {
        let theme = scene.theme
        let layout = layout(scene.area)
        canvas.fill(scene.area, style: theme[.text])
        stepper.draw(in: layout.stepper, on: &canvas, theme: theme)
        if !layout.isNarrow {
            for y in layout.stepper.y..<layout.stepper.maxY {
                canvas.write("│", x: layout.stepper.maxX, y: y, style: theme[.border], clip: scene.area)
            }
        }
        if reading != nil {
            drawReading(layout, scene, on: &canvas)
            return
        }
        if isReview {
            drawReview(in: layout.content, scene, on: &canvas)
        } else {
            drawForm(layout, scene, on: &canvas)
        }
        drawNote(in: layout.note, on: &canvas, theme: theme)
        drawButtons(in: layout.buttons, on: &canvas, theme: theme)
    }

    func formArea(_ layout: WizardLayout) -> Rect { layout.content }

    /// The form, and below it what there is to know, as far as there is room.
    private func drawForm(_ layout: WizardLayout, _ scene: Scene, on canvas: inout Canvas) {
        let area = formArea(layout)
        form.draw(in: area, on: &canvas, theme: scene.theme, isFocused: !isOnButton)
        let rest = area.splitTop(form.height(in: area) + 1).rest
        let lines = wizard.notes(of: step).flatMap { $0.wrapped(to: max(1, rest.width)) }
        for (row, line) in lines.prefix(rest.height).enumerated() {
            canvas.line(line, in: rest.row(row), style: scene.theme[.muted])
        }
    }

    /// The reset values, or the reason why it could not be created.
    private var noteText: String? { note.map { "! " + $0 } ?? refusal.map { "✗ " + $0 } }

    func layout(_ area: Rect) -> WizardLayout { WizardLayout(area, note: noteText) }

    private func drawNote(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        let role: Role = note == nil ? .error : .warning
        for (row, line) in (noteText ?? "").wrapped(to: max(1, area.width)).prefix(area.height).enumerated() {
            canvas.line(line, in: area.row(row), style: theme[role])
        }
    }

    func readingArea(_ layout: WizardLayout) -> Rect { layout.content.splitTop(1).rest }

    func readingLines(_ area: Rect, _ theme: Theme) -> [[Span]] {
        // Code is torn rather than hidden: there is no way to move sideways.
        (reading?.text ?? "").wrapped(to: max(1, area.width - 1)).map { [Span($0, theme[.text])] }
    }

    private func drawReading(_ layout: WizardLayout, _ scene: Scene, on canvas: inout Canvas) {
        let theme = scene.theme
        let area = readingArea(layout)
        canvas.line(reading?.title ?? "", in: layout.content.row(0), style: theme.style(.title, .bold))
        pane.draw(readingLines(area, theme), in: area, on: &canvas, theme: theme)
        canvas.line("esc closes", in: layout.buttons, style: theme[.muted])
    }
}
