import BatchDomain
import TerminalKit

/// Which part of a list of assets is shown, and what moves a line to the other part.
struct Archive {
    let kind: AssetKind
    /// The content.
    private(set) var visibility = Visibility.active

    init(_ kind: AssetKind) {
        self.kind = kind
    }

    /// The title of the list.
    func title(_ noun: String) -> String { visibility == .active ? noun : noun + ", archived" }

    /// Why a command cannot be carried out on an empty list.
    func refusal(_ active: String) -> String {
        visibility == .active ? active : "Nothing is archived; press A to go back."
    }

    /// The list with what it says while it is empty.
    func labelled<Row>(_ list: ResourceList<Row>) -> ResourceList<Row> {
        guard visibility == .archived else { return list }
        var list = list
        list.emptyText = "Nothing is archived. Press A to go back."
        return list
    }

    /// Carries out a command on rows by their names; nil when it is none of these.
    mutating func run(_ command: Command, _ names: [String]) -> [Request]? {
        switch command {
        case .showArchived:
            visibility = visibility == .active ? .archived : .active
            return []
        case .archive:
            let changes = names.map { UseCase.archiveAsset(kind, name: $0, visibility == .active) }
            return changes.count == 1 ? [.perform(changes[0])] : [.perform(.each(changes))]
        default:
            return nil
        }
    }

    /// The message when a line was archived or restored; nil for other changes.
    static func finish(_ useCase: UseCase, _ outcome: Outcome) -> Toast? {
        if case .each(let done, _) = outcome, case .each(let changes) = useCase,
            case .archiveAsset(_, _, let isArchived)? = changes.first
        {
            let words = isArchived ? "archived, all their versions; A shows them." : "back in the list."
            return Toast("\(done) of \(changes.count) are \(words)", role: .success)
        }
        guard case .archiveAsset(_, let name, let isArchived) = useCase else { return nil }
        let text = isArchived ? "\(name) is archived, all its versions; A shows it." : "\(name) is back in the list."
        return Toast(text, role: .success)
    }
}
