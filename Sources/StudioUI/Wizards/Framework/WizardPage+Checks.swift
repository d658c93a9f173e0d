import TerminalKit

/// The results of checking steps against the workspace.
struct StepChecks: Equatable {
    private struct Result: Equatable {
        var check: DraftCheck
        var problem: WizardProblem?
    }

    private var results: [Int: Result] = [:]

    /// Takes the result for a step.
    mutating func receive(_ check: DraftCheck, of step: Int, _ problem: WizardProblem?) {
        results[step] = Result(check: check, problem: problem)
    }

    /// The problem of a step as it was checked; nil where there is none or the answers have changed since.
    func problem(of step: Int, _ check: DraftCheck) -> WizardProblem? {
        results[step].flatMap { $0.check == check ? $0.problem : nil }
    }

    /// True when exactly these answers of a step have passed.
    func hasPassed(_ step: Int, _ check: DraftCheck) -> Bool {
        results[step].map { $0.check == check && $0.problem == nil } ?? false
    }
}

/// A step that is left when its check has passed.
struct PendingStep: Equatable {
    /// The check that is waited for.
    var check: DraftCheck
    /// The step that opens then.
    var target: Int
    /// What was typed meanwhile; it belongs to the step that opens.
    var events: [Event] = []
}

extension WizardPage {
    /// Everything that is wrong, also by the last checks of the workspace, in the order of the steps.
    var problems: [WizardProblem] {
        let own = wizard.problems
        let found = wizard.steps.indices.compactMap { step in
            wizard.check(of: step).flatMap { checks.problem(of: step, $0) }
        }
        let new = found.filter { problem in !own.contains { $0.step == problem.step && $0.field == problem.field } }
        guard !new.isEmpty else { return own }
        return wizard.steps.indices.flatMap { step in (own + new).filter { $0.step == step } }
    }

    /// True when a step needs no check of the workspace, or has passed it.
    func isChecked(_ step: Int) -> Bool {
        wizard.check(of: step).map { checks.hasPassed(step, $0) } ?? true
    }

    /// The request for the check of a step that has no other problems; none where there is nothing to check.
    func requestCheck(of step: Int) -> [Request] {
        guard let check = wizard.check(of: step), !wizard.problems.contains(where: { $0.step == step })
        else { return [] }
        return [.fetch(.draftCheck(check))]
    }

    /// Takes what a check found, for the steps whose answers are still the same.
    mutating func receive(_ check: DraftCheck, _ failure: Failure?, in scene: Scene) -> [Request] {
        for step in wizard.steps.indices where wizard.check(of: step) == check {
            let found = failure.map { wizard.problems(of: $0) } ?? []
            checks.receive(check, of: step, found.first { $0.step == step })
        }
        guard let pending, pending.check == check else {
            validateForm()
            return []
        }
        self.pending = nil
        validateForm()
        guard !problems.contains(where: { $0.step == step }) else {
            isOnButton = false
            form.focusFirstError()
            return keepDraft()
        }
        return open(pending.target) + pending.events.flatMap { handle($0, in: scene) ?? [] }
    }
}
