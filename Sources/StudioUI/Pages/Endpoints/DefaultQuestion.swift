import BatchDomain
import TerminalKit

/// The question which deployment becomes the default; where both have scored the same data, their jobs are offered to compare.
struct DefaultQuestion {
    private static let pick = "default"
    private static let confirm = "default/confirm"

    private var endpoint: String?
    private var old: String?
    private var new: String?
    private var pair: JobPair?

    /// Offers the deployments.
    mutating func begin(_ deployments: [Deployment], of endpoint: Endpoint?, selected: String?) -> [Request] {
        guard let endpoint else { return [] }
        self.endpoint = endpoint.name
        old = endpoint.defaultDeployment
        (new, pair) = (nil, nil)
        let items = deployments.map { deployment in
            PickerItem(
                id: deployment.name,
                title: deployment.name + (deployment.name == old ? "  ★ default now" : ""),
                detail: "\(deployment.model.name):\(deployment.model.version)"
            )
        }
        let picker = Picker(
            "Default deployment of \(endpoint.name)",
            items,
            selected: selected ?? old,
            emptyText: "No deployments. Press esc, then a to add one."
        )
        return [.offer(id: Self.pick, picker)]
    }

    /// Continues with an answer; nil for another question.
    mutating func answer(_ question: String, _ choice: String) -> [Request]? {
        guard let endpoint else { return nil }
        switch question {
        case Self.pick:
            new = choice
            guard let old, old != choice else { return change() }
            return [.fetch(.comparableJobs(endpoint: endpoint, first: old, second: choice))]
        case Self.confirm:
            switch choice {
            case "do": return change()
            case "compare":
                return pair.map { [.open(.comparison(first: $0.first.name, second: $0.second.name))] } ?? []
            default: return []
            }
        default: return nil
        }
    }

    /// Changes the default at once where nothing can be compared, or asks.
    mutating func receive(_ pair: JobPair?) -> [Request] {
        guard let new, let old else { return [] }
        guard let pair else { return change() }
        self.pair = pair
        let dialog = Dialog(
            "Make \(new) the default deployment?",
            """
            Both have scored \(pair.second.specification.input.place)
            Now:      \(old), job \(pair.first.title)
            Then:     \(new), job \(pair.second.title)
            Compare shows which predictions would change.
            """,
            no: DialogButton("leave", "Not now"),
            yes: DialogButton("do", "Make it the default"),
            others: [DialogButton("compare", "Compare first", key: "c")]
        )
        return [.ask(id: Self.confirm, dialog)]
    }

    /// Forgets the choice, when the jobs could not be read.
    mutating func cancel() { new = nil }

    private mutating func change() -> [Request] {
        guard let endpoint, let new else { return [] }
        self.new = nil
        let change = UseCase.setDefaultDeployment(new, endpoint: endpoint)
        guard let old, old != new else { return [.perform(change)] }
        return [.performUndoable(change, undo: .setDefaultDeployment(old, endpoint: endpoint))]
    }
}
