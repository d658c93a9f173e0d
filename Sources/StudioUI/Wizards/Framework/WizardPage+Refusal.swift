import TerminalKit

extension WizardPage {
    func refusal(of command: Command) -> String? {
        switch command {
        case .wizardNext where isReview: return "This is the last step."
        case .wizardBack where step == 0: return "This is the first step."
        case .wizardCreate:
            if isCreating { return "It is being created." }
            return problems.first.map { "\(wizard.steps[$0.step]): \($0.text)" }
        case .copy where !problems.isEmpty: return "Fix first what the review marks."
        default: return nil
        }
    }
}
