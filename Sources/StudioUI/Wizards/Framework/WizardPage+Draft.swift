import FoundationEssentials
import TerminalKit

extension WizardPage {
    /// True when something was entered that is not created yet.
    var hasSomethingToLose: Bool { wizard.draft != initial && !isDone }

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
                DialogButton("continue", scene.area.width < 54 ? "Continue" : "Continue draft from \(clock)", key: "c"),
                DialogButton("again", "Start again", isDangerous: true, key: "s"),
            ]
        )
        return [.ask(id: "kept", dialog)]
    }

    /// Keeps the draft, and says where it is.
    var parting: [Request] {
        guard kept == nil, hasSomethingToLose else { return [] }
        return keepDraft() + [.say(Toast("Draft kept: “\(wizard.title)” offers it when it is opened again."))]
    }
}
