import BatchDomain
import TerminalKit

/// The deletion of a version of a registered asset, the same from a list and from its page.
struct AssetDeletion {
    let kind: AssetKind
    let id: AssetVersion

    /// Asks before it goes, and says what goes and what stays.
    var request: Request { .ask(id: "delete:\(id.short)", dialog) }

    /// What follows from the answer.
    static func answer(_ kind: AssetKind, _ question: String, _ choice: String) -> [Request] {
        let parts = question.split(separator: ":").map { String($0) }
        guard choice == "delete", parts.count == 3, parts[0] == "delete" else { return [] }
        let id = AssetVersion(name: parts[1], version: parts[2])
        return [.perform(.deleteAsset(kind, id))]
    }

    /// What is said when it is gone; nil for other changes.
    static func finish(_ useCase: UseCase) -> Toast? {
        guard case .deleteAsset(let kind, let id) = useCase else { return nil }
        let noun = kind.noun.prefix(1).uppercased() + kind.noun.dropFirst()
        return Toast("\(noun) \(id.short) is deleted.", role: .success)
    }

    private var dialog: Dialog {
        let name = id.short
        let buttons = [DialogButton("keep", "Keep it"), DialogButton("delete", "Delete", isDangerous: true)]
        return switch kind {
        case .model:
            Dialog(
                "Delete model \(name)?",
                """
                Goes:  version \(id.version) and its files in the workspace;
                       canceled jobs with it can't go on
                Stays: the folder it was registered from
                       other versions of \(id.name)
                       jobs it scored, their logs and output
                A version that a deployment uses stays, too.
                """,
                buttons
            )
        case .data:
            Dialog(
                "Delete data asset \(name)?",
                """
                Goes:  version \(id.version), the name for the data
                Stays: the data itself, where it is
                       other versions of \(id.name)
                       jobs that read it, their output
                """,
                buttons
            )
        case .environment:
            Dialog(
                "Delete environment \(name)?",
                """
                Goes:  version \(id.version), its list of packages
                Stays: other versions of \(id.name)
                       jobs that ran in it, their output
                A version that a deployment uses stays, too.
                """,
                buttons
            )
        }
    }
}
