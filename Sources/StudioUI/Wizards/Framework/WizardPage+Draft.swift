import FoundationEssentials
import TerminalKit

extension WizardPage {
    /// True when leaving would lose anything.
    var hasSomethingToLose: Bool { wizard.draft != initial }

    /// The draft as it is kept; nil when nothing was entered.
    var keptText: String? {
        guard hasSomethingToLose else { return nil }
        return KeptDraft(draft: wizard.draft, step: step, visited: visited, validated: validated, date: now).text
    }

    func keepDraft() -> [Request] {
        [.keep(keptText, key: wizard.draftKey)]
    }

    /// Asks until it is decided: nothing that is typed may take the draft's place before.
    func askAboutKept(in scene: Scene) -> [Request] {
        guard let draft = kept else { return [] }
        let clock = scene.time.clock(draft.date).prefix(5)
        let dialog = Dialog(
            "A draft is kept",
            "You were at step \(draft.step + 1) · \(wizard.steps[draft.step]) on \(scene.date(draft.date)).",
            [
                DialogButton("continue", scene.area.width < 54 ? "Continue" : "Continue draft from \(clock)"),
                DialogButton("again", "Start again", isDangerous: true),
            ]
        )
        return [.ask(id: "kept", dialog)]
    }

    /// Leaves, asking first when something would be lost.
    func leave(in scene: Scene) -> [Request] {
        guard hasSomethingToLose else { return [.back] }
        let dialog = Dialog(
            "Leave “\(wizard.title)”?",
            "What you entered can be kept as a draft and continued later.",
            [
                DialogButton("keep", scene.area.width < 44 ? "Keep" : "Keep draft"),
                DialogButton("discard", "Discard", isDangerous: true),
                DialogButton("stay", "Stay"),
            ]
        )
        return [.ask(id: "leave", dialog)]
    }

    func leave(_ choice: String) -> [Request] {
        switch choice {
        case "keep": [.keep(keptText, key: wizard.draftKey), .back]
        case "discard": [.keep(nil, key: wizard.draftKey), .back]
        default: []
        }
    }
}
