import DisplayText
import TerminalKit

/// The buttons below a step.
enum WizardButton {
    case back, next, create
}

extension WizardPage {
    private var forward: (button: WizardButton, text: String) {
        if isReview { return (.create, isCreating ? "creating…" : "[ \(wizard.verb) ]") }
        if pending != nil { return (.next, "checking…") }
        let next = wizard.steps.indices.first { $0 > step && wizard.isNeeded($0) } ?? wizard.review
        return (.next, "[ Next: \(wizard.steps[next]) ]")
    }

    private static var backText: String { "[ Back ]" }

    private func places(_ row: Rect) -> (back: Rect, forward: Rect) {
        // At the left: messages come up at the right.
        let (back, rest) = row.splitLeft(Self.backText.displayWidth)
        return (back, rest.splitLeft(2).rest.splitLeft(forward.text.displayWidth).left)
    }

    func button(at event: Event, _ layout: WizardLayout) -> WizardButton? {
        let places = places(layout.buttons)
        if event.click(in: places.forward) != nil { return forward.button }
        return event.click(in: places.back) != nil && step > 0 ? .back : nil
    }

    func drawButtons(in row: Rect, on canvas: inout Canvas, theme: Theme) {
        let places = places(row)
        canvas.line(Self.backText, in: places.back, style: step > 0 ? theme[.text] : theme[.muted])
        let isReady = isReview && problems.isEmpty && !isCreating
        let style =
            isOnButton || isReady
            ? theme.style(.selectionText, on: .selection, .bold) : isReview ? theme[.muted] : theme[.accent]
        canvas.line(forward.text, in: places.forward, style: style)
    }
}
