/// A step of a wizard.
package struct WizardStep: Equatable, Sendable {
    /// How far a step is.
    package enum State: Equatable, Sendable {
        /// Nothing is wrong with it.
        case valid
        /// Something has to be put right.
        case hasErrors
        /// Not visited.
        case notVisited
        /// The earlier answers make it needless.
        case notNeeded
    }

    /// How it is called.
    package var title: String
    /// How far it is.
    package var state: State

    /// Describes a step.
    package init(_ title: String, _ state: State = .notVisited) {
        self.title = title
        self.state = state
    }
}

/// The steps of a wizard: a column at the left, or one line where the screen is narrow.
package struct WizardStepper: Equatable, Sendable {
    /// The request of an event.
    package enum Action: Equatable, Sendable {
        /// Go to this step.
        case open(Int)
    }

    /// The steps, in order.
    package var steps: [WizardStep]
    /// The step that is shown.
    package var current: Int

    /// Shows steps.
    package init(_ steps: [WizardStep], current: Int = 0) {
        self.steps = steps
        self.current = current
    }

    /// Narrower than this, or one row high, it is one line.
    private static let narrowest = 12

    private func isLine(_ area: Rect) -> Bool {
        area.height < 2 || area.width < Self.narrowest
    }

    /// Goes to a step by mouse or by alt and its number; whether it may be shown is for the wizard to say.
    package func handle(_ event: Event, in area: Rect) -> Action? {
        if case .key(let key) = event, key.modifiers == .alt, case .character(let digit) = key.code,
            let number = digit.wholeNumberValue, steps.indices.contains(number - 1)
        {
            return .open(number - 1)
        }
        guard !isLine(area), let point = event.click(in: area) else { return nil }
        let index = point.y - area.y
        return steps.indices.contains(index) ? .open(index) : nil
    }

    /// Draws the steps.
    package func draw(in area: Rect, on canvas: inout Canvas, theme: Theme) {
        canvas.fill(area, style: theme[.text])
        guard !isLine(area) else {
            let title = steps.indices.contains(current) ? " · " + steps[current].title : ""
            let text = "Step \(current + 1) of \(steps.count)" + title
            canvas.line(text, in: area, style: theme.style(.title, .bold))
            return
        }
        for (index, step) in steps.enumerated() {
            let line = area.row(index)
            let isCurrent = index == current
            let (sign, role) = Self.sign(step.state, isCurrent: isCurrent)
            let background: Role = isCurrent ? .selection : .background
            canvas.fill(line, style: theme.style(.text, on: background))
            let signRole = isCurrent ? .selectionText : role
            let textRole: Role = isCurrent ? .selectionText : step.state == .notNeeded ? .muted : .text
            canvas.write(
                [
                    Span(" \(sign) ", theme.style(signRole, on: background)),
                    Span("\(index + 1) \(step.title)", theme.style(textRole, on: background)),
                ],
                x: line.x,
                y: line.y,
                clip: line
            )
        }
    }

    /// The current step keeps its mark when something is wrong with it.
    private static func sign(_ state: WizardStep.State, isCurrent: Bool) -> (String, Role) {
        switch state {
        case .hasErrors: ("!", .error)
        case _ where isCurrent: ("●", .accent)
        case .valid: ("✓", .success)
        case .notVisited: ("○", .muted)
        case .notNeeded: ("–", .muted)
        }
    }
}
