import TerminalKit

extension WizardPage {
    var rail: WizardRail {
        let problems = wizard.problems
        let steps = wizard.steps.enumerated().map { WizardStep($1, state(of: $0, problems)) }
        return WizardRail(steps, current: step)
    }

    /// The steps as a list, where there is no room for the rail.
    var stepPicker: Picker {
        let items = rail.steps.enumerated().map { index, step in
            PickerItem(id: String(index), title: "\(index + 1) \(step.title)", detail: step.state.words)
        }
        return Picker("Steps", items, selected: String(step))
    }

    private func state(of step: Int, _ problems: [WizardProblem]) -> WizardStep.State {
        if step == wizard.review { return visited.contains(step) && problems.isEmpty ? .valid : .notVisited }
        let isBad = problems.contains { $0.step == step }
        if isBad { return judged.contains(step) ? .hasErrors : .notVisited }
        if !wizard.isNeeded(step) { return .notNeeded }
        if wizard.verdict(of: step)?.state == .failed { return .hasErrors }
        return visited.contains(step) ? .valid : .notVisited
    }

    /// Goes to a step: back is always free, forward to where one has been and past steps that are all right.
    mutating func jump(to target: Int) -> [Request] {
        guard target != step else { return [] }
        let obstacle = wizard.problems.first { $0.step < target }
        guard target > step, !visited.contains(target), let obstacle else { return open(target) }
        note = "\(wizard.steps[obstacle.step]) comes first: \(obstacle.text)"
        return []
    }

    mutating func next() -> [Request] {
        guard !isReview else { return [] }
        judged.insert(step)
        judgeForm()
        guard !wizard.problems.contains(where: { $0.step == step }) else {
            isOnButton = false
            form.focusFirstError()
            return keepDraft()
        }
        return open(step + 1)
    }

    mutating func back() -> [Request] {
        step > 0 ? open(step - 1) : []
    }

    /// Shows a step; what was left is judged from now on.
    mutating func open(_ target: Int) -> [Request] {
        judged.insert(step)
        step = target
        visited.insert(target)
        if isReview {
            visited = Set(wizard.steps.indices)
            judged = visited
        }
        form = Form(wizard.fields(of: step).map(\.field))
        focusFirstGap()
        judgeForm()
        form.focusFirstError()
        (isOnButton, note, cursor, offset) = (form.focused == nil, nil, 0, 0)
        return keepDraft() + ask()
    }

    /// Begins in the first field that has to be filled in, where there is one.
    mutating func focusFirstGap() {
        let gap = form.fields.first { $0.isRequired && form.text($0.id).isEmpty }
        if let gap { form.focus(on: gap.id) }
    }

    /// Creates it, or shows what is in the way.
    mutating func create() -> [Request] {
        guard isReview else { return jump(to: wizard.review) }
        guard !isCreating, wizard.problems.isEmpty else { return [] }
        return failedVerdict.map { askAboutFailure($0) } ?? perform()
    }

    /// Creates it, whatever checks found.
    mutating func perform() -> [Request] {
        (isCreating, refusal) = (true, nil)
        return [.keep(keptText, key: wizard.draftKey), .perform(wizard.useCase)]
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
