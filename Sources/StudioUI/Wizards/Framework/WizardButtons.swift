import TerminalKit

/// The buttons below a step.
enum WizardButton {
    case back, next, create
}

extension WizardPage {
    private var forward: (button: WizardButton, text: String) {
        if isReview { return (.create, isCreating ? "creating…" : "[ \(wizard.verb) ]") }
        return (.next, "[ Next: \(wizard.steps[step + 1]) ]")
    }

    private static var backText: String { "[ Back ]" }

    private func places(_ row: Rect) -> (back: Rect, forward: Rect) {
        let (rest, right) = row.splitRight(forward.text.displayWidth)
        return (rest.splitLeft(Self.backText.displayWidth).left, right)
    }

    func button(at event: Event, _ layout: WizardLayout) -> WizardButton? {
        let places = places(layout.buttons)
        if event.click(in: places.forward) != nil { return forward.button }
        return event.click(in: places.back) != nil && step > 0 ? .back : nil
    }

    mutating func press(_ button: WizardButton) -> [Request] {
        switch button {
        case .back: return back()
        case .next: return next()
        case .create:
            let reason = refusal(of: .wizardCreate)
            return reason.map { [.say(Toast($0, role: .warning))] } ?? create()
        }
    }

    func drawButtons(in row: Rect, on canvas: inout Canvas, theme: Theme) {
        let places = places(row)
        if step > 0 { canvas.line(Self.backText, in: places.back, style: theme[.text]) }
        let isReady = isReview && wizard.problems.isEmpty && !isCreating
        let style =
            isOnButton || isReady
            ? theme.style(.selectionText, on: .selection, .bold) : isReview ? theme[.muted] : theme[.accent]
        canvas.line(forward.text, in: places.forward, style: style)
    }
}
