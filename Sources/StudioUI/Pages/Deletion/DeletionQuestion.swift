import BatchDomain
import TerminalKit

/// The way from the command to the deletion, the same from a list and from a page: finds what is against it, asks, deletes.
struct DeletionQuestion {
    private static let id = "delete"
    /// Maximum names that the dialog lists.
    private static let maxNames = 8

    /// What was asked for and is not found yet.
    private var wanted: [Deletion] = []
    /// What the dialog is about.
    private var asked: [Deletion] = []

    /// Begins: finds what is against it.
    mutating func begin(_ deletions: [Deletion]) -> [Request] {
        wanted = deletions
        return deletions.isEmpty ? [] : [.fetch(.deletions(deletions))]
    }

    /// Asks, or says why not.
    mutating func receive(_ plans: [DeletionPlan]) -> [Request] {
        guard !wanted.isEmpty, plans.map(\.deletion) == wanted else { return [] }
        wanted = []
        let allowed = plans.filter { $0.refusal == nil }
        asked = allowed.map(\.deletion)
        let refusals = plans.compactMap(\.refusal)
        guard let first = allowed.first else {
            return refusals.first.map { [.say(Toast($0, role: .warning))] } ?? []
        }
        return [.ask(id: Self.id, Self.dialog(first, allowed, refusals: refusals, of: plans.count))]
    }

    private static func dialog(
        _ first: DeletionPlan,
        _ plans: [DeletionPlan],
        refusals: [String],
        of count: Int
    ) -> Dialog {
        let no = DialogButton("keep", "Keep")
        let yes = DialogButton("delete", "Delete", isDangerous: true)
        guard count > 1 else {
            return Dialog("Delete \(first.deletion.noun) \(first.deletion.name)?", first.text, no: no, yes: yes)
        }
        let names = plans.map { plan in
            let deployments = plan.deployments.isEmpty ? "" : ": " + plan.deployments.joined(separator: ", ")
            return plan.deletion.name + deployments
        }
        let text = "Goes:  " + list(names, indent: 7) + refusals.map { "\nStays: " + $0 }.joined()
        return Dialog("Delete \(Figures.count(plans.count, first.deletion.noun))?", text, no: no, yes: yes)
    }

    /// Names below each other, those beyond the limit as a number.
    static func list(_ names: [String], indent: Int) -> String {
        let rest = names.count - maxNames
        let shown = rest > 0 ? names.prefix(maxNames - 1) + ["and \(Figures.count(rest + 1)) more"] : names[...]
        return shown.joined(separator: "\n" + String(repeating: " ", count: indent))
    }

    /// The change that follows from the answer; nil for another question.
    mutating func answer(_ question: String, _ choice: String) -> [Request]? {
        guard question == Self.id else { return nil }
        defer { asked = [] }
        guard choice == "delete", !asked.isEmpty else { return [] }
        let changes = asked.map(\.useCase)
        return changes.count == 1 ? [.perform(changes[0])] : [.perform(.each(changes))]
    }

    /// The message when something is gone; nil for other changes.
    static func finish(_ useCase: UseCase, _ outcome: Outcome) -> Toast? {
        if case .each(let done, _) = outcome, case .each(let changes) = useCase,
            changes.contains(where: { Deletion.finish($0) != nil })
        {
            return Toast("\(Figures.count(done)) of \(Figures.count(changes.count)) deleted.", role: .success)
        }
        return Deletion.finish(useCase).map { Toast($0, role: .success) }
    }
}
