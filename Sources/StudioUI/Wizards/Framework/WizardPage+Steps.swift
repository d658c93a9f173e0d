import TerminalKit

extension WizardPage {
    var stepper: WizardStepper {
        let problems = problems
        let steps = wizard.steps.enumerated().map { WizardStep($1, state(of: $0, problems)) }
        return WizardStepper(steps, current: step)
    }

    /// The steps as a list, where there is no room for the stepper.
    var stepPicker: Picker {
        let items = stepper.steps.enumerated().map { index, step in
            PickerItem(id: String(index), title: "\(index + 1) \(step.title)", detail: step.state.words)
        }
        return Picker("Steps", items, selected: String(step))
    }

    private func state(of step: Int, _ problems: [WizardProblem]) -> WizardStep.State {
        if step == wizard.review { return visited.contains(step) && problems.isEmpty ? .valid : .notVisited }
        let isBad = problems.contains { $0.step == step }
        if isBad { return validated.contains(step) ? .hasErrors : .notVisited }
        if !wizard.isNeeded(step) { return .notNeeded }
        if wizard.verdict(of: step)?.state == .failed { return .hasErrors }
        return visited.contains(step) && isChecked(step) ? .valid : .notVisited
    }
}

extension WizardStep.State {
    /// The state in words.
    fileprivate var words: String {
        switch self {
        case .valid: "✓ all right"
        case .hasErrors: "! has errors"
        case .notVisited: "○ not visited"
        case .notNeeded: "– not needed"
        }
    }
}
