import BatchDomain
import TerminalKit

/// The deletion of something, the same from a list and from its page: it asks first, and says what goes and what stays.
struct Deletion {
    private let useCase: UseCase
    private let dialog: Dialog

    private init(_ useCase: UseCase, _ title: String, _ text: String) {
        self.useCase = useCase
        let buttons = [DialogButton("keep", "Keep it"), DialogButton("delete", "Delete", isDangerous: true)]
        dialog = Dialog(title, text, buttons)
    }

    /// The id of the question.
    var id: String { useCase.activity }

    /// Asks before it goes.
    var request: Request { .ask(id: id, dialog) }

    /// The change that follows from the answer.
    func answer(_ choice: String) -> [Request] { choice == "delete" ? [.perform(useCase)] : [] }

    /// The message when it is gone; nil for other changes.
    static func finish(_ useCase: UseCase) -> Toast? {
        let name: String
        switch useCase {
        case .deleteAsset(let kind, let id):
            name = kind.noun.prefix(1).uppercased() + kind.noun.dropFirst() + " " + id.short
        case .deleteCompute(let target): name = "Compute target " + target
        case .deleteEndpoint(let endpoint): name = "Endpoint " + endpoint
        case .deleteDeployment(let deployment, _): name = "Deployment " + deployment
        default: return nil
        }
        return Toast("\(name) is deleted.", role: .success)
    }
}

// MARK: What can be deleted

extension Deletion {
    /// The deletion of a version of a model.
    static func model(_ id: AssetVersion) -> Deletion {
        Deletion(
            .deleteAsset(.model, id),
            "Delete model \(id.short)?",
            """
            Goes:  version \(id.version) and its files in the workspace;
                   canceled jobs with it can't be resumed
            Stays: the folder it was registered from
                   other versions of \(id.name)
                   jobs it scored, their logs and output
            A version that a deployment uses stays, too.
            """
        )
    }

    /// The deletion of a version of a data asset.
    static func data(_ id: AssetVersion) -> Deletion {
        Deletion(
            .deleteAsset(.data, id),
            "Delete data asset \(id.short)?",
            """
            Goes:  version \(id.version), the name for the data
            Stays: the data itself, where it is
                   other versions of \(id.name)
                   jobs that read it, their output
            """
        )
    }

    /// The deletion of a version of an environment.
    static func environment(_ id: AssetVersion) -> Deletion {
        Deletion(
            .deleteAsset(.environment, id),
            "Delete environment \(id.short)?",
            """
            Goes:  version \(id.version), its list of packages
            Stays: other versions of \(id.name)
                   jobs that ran in it, their output
            A version that a deployment uses stays, too.
            """
        )
    }

    /// The deletion of a compute target.
    static func compute(_ name: String) -> Deletion {
        Deletion(
            .deleteCompute(name),
            "Delete compute target \(name)?",
            """
            Goes:  the compute target \(name)
            Stays: everything else; a target that a
                   deployment uses is not deleted
            """
        )
    }

    /// The deletion of an endpoint and its deployments, whose names are given where they are known.
    static func endpoint(_ name: String, count: Int, names: [String]? = nil) -> Deletion {
        let list = names.map { $0.isEmpty ? ": it has no deployments" : ": " + $0.joined(separator: ", ") } ?? ""
        return Deletion(
            .deleteEndpoint(name),
            "Delete endpoint \(name)?",
            """
            Goes:  the endpoint \(name)
                   its \(Figures.count(count, "deployment"))\(list)
            Stays: its jobs, their logs and their output
                   models, data, environments and compute
            """
        )
    }

    /// The deletion of a deployment.
    static func deployment(_ deployment: Deployment) -> Deletion {
        Deletion(
            .deleteDeployment(deployment.name, endpoint: deployment.endpointName),
            "Delete deployment \(deployment.name)?",
            """
            Goes:  the deployment \(deployment.name)
                   of \(deployment.endpointName), with its settings
            Stays: the endpoint and its other deployments
                   the model \(deployment.model.short)
                   its jobs, their logs and their output
            """
        )
    }
}
