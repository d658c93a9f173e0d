import TerminalKit

extension Keymap {
    static let wizards: [Binding] = [
        Binding(
            .wizardNext,
            ["ctrl+n", "alt+right"],
            in: .wizard,
            title: "Next",
            help: "Checks this step and goes to the next one; enter in the last field does the same.",
            hint: 0,
            isVisible: { $0.page?.refusal(of: .wizardNext) == nil }
        ),
        Binding(
            .wizardBack,
            ["alt+left", "ctrl+b"],
            in: .wizard,
            title: "Previous step",
            help: "Goes to the step before; nothing is lost.",
            hint: 2,
            isVisible: { $0.page?.refusal(of: .wizardBack) == nil }
        ),
        Binding(
            .wizardSteps,
            ["ctrl+g"],
            in: .wizard,
            title: "Steps",
            help: "Lists the steps, to go to one; alt and a digit go there at once.",
            hint: 40
        ),
        Binding(
            .wizardCreate,
            ["f10", "ctrl+enter", "ctrl+o"],
            in: .wizard,
            title: "Create",
            help: "Makes what was described; before the last step, shows the review.",
            hint: 1
        ),
        Binding(
            .wizardEdit,
            ["enter", "e"],
            in: .review,
            title: "Edit",
            help: "Goes to the step and field of the chosen line.",
            hint: 0
        ),
        Binding(
            .wizardSave,
            ["ctrl+s"],
            in: .wizard,
            title: "Keep draft",
            help: "Keeps what was entered for later.",
            hint: 30
        ),
    ]
}
