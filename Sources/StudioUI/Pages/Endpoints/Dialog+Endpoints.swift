import BatchDomain
import TerminalKit

extension Dialog {
    /// Asks before an endpoint goes, and says what goes with it and what stays.
    static func deleting(endpoint: String, deployments: [String]) -> Dialog {
        let names = deployments.isEmpty ? "it has no deployments" : deployments.joined(separator: ", ")
        return Dialog(
            "Delete endpoint \(endpoint)?",
            """
            Goes:  the endpoint \(endpoint)
                   its \(Figures.count(deployments.count, "deployment")): \(names)
            Stays: its jobs, their logs and their output
                   models, data, environments and compute
            """,
            [DialogButton("keep", "Keep it"), DialogButton("delete", "Delete", isDangerous: true)]
        )
    }

    /// Asks before an endpoint goes whose deployments are only counted.
    static func deleting(endpoint: String, count: Int) -> Dialog {
        Dialog(
            "Delete endpoint \(endpoint)?",
            """
            Goes:  the endpoint \(endpoint)
                   its \(Figures.count(count, "deployment"))
            Stays: its jobs, their logs and their output
                   models, data, environments and compute
            """,
            [DialogButton("keep", "Keep it"), DialogButton("delete", "Delete", isDangerous: true)]
        )
    }

    /// Asks before a deployment goes.
    static func deleting(deployment: Deployment) -> Dialog {
        Dialog(
            "Delete deployment \(deployment.name)?",
            """
            Goes:  the deployment \(deployment.name)
                   of \(deployment.endpointName), with its settings
            Stays: the endpoint and its other deployments
                   the model \(deployment.model.name):\(deployment.model.version)
                   its jobs, their logs and their output
            """,
            [DialogButton("keep", "Keep it"), DialogButton("delete", "Delete", isDangerous: true)]
        )
    }
}
