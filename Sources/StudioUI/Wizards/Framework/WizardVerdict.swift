import TerminalKit

/// The result of a check of a step's answers; unlike a problem, it can be overruled.
struct WizardVerdict: Equatable {
    enum State {
        case pending, passed, failed
        /// Nothing could be checked.
        case unknown
    }

    var state: State
    /// The result with its sign, in one sentence.
    var text: String

    var role: Role {
        switch state {
        case .pending: .muted
        case .passed: .success
        case .failed: .error
        case .unknown: .warning
        }
    }
}

extension WizardPage {
    /// The check that failed, if one did.
    var failedVerdict: WizardVerdict? {
        wizard.steps.indices.lazy.compactMap { wizard.verdict(of: $0) }.first { $0.state == .failed }
    }

    /// Asks whether to create it in spite of a check that failed.
    func askAboutFailure(_ verdict: WizardVerdict) -> [Request] {
        let yes = DialogButton("create", "\(wizard.verb) anyway", isDangerous: true)
        let dialog = Dialog("\(wizard.verb) anyway?", verdict.text, no: DialogButton("stay", "Back"), yes: yes)
        return [.ask(id: "create", dialog)]
    }
}
