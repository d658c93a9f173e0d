import BatchDomain

/// Everything that the wizards of endpoints and deployments ask for, as it was typed.
struct DeploymentAnswers: Codable, Equatable {
    /// True when the endpoint is created or selected.
    var target = Target.new
    var newEndpoint = ""
    /// The default name of the new endpoint.
    var proposedEndpoint = "endpoint-1"
    var endpointDescription = ""
    var endpointTags = ""
    var existingEndpoint = ""
    /// A model that is registered, `wine:1`.
    var model = ""
    var name = ""
    var description = ""
    var settings = TypedSettings()
    var isDefault = false
    var scoring = Scorer.generated
    var codeFolder = ""
    var script = ""
    /// A registered environment, `sklearn-env:1`; empty takes the one that the model's files describe.
    var environment = ""
    var compute = ComputeTarget.defaultName

    /// The endpoint that gets the deployment.
    enum Target: String, WizardOption {
        case new, existing

        var title: String {
            switch self {
            case .new: "New"
            case .existing: "Existing"
            }
        }
    }

    /// The script that scores.
    enum Scorer: String, WizardOption {
        case generated, own

        var title: String {
            switch self {
            case .generated: "Generated for MLflow models"
            case .own: "My own script"
            }
        }
    }

    var isNew: Bool { target == .new }
    var isOwnScript: Bool { scoring == .own }
    /// The model's name and version.
    var modelID: AssetVersion? {
        let parts = model.split(separator: ":").map { String($0) }
        return parts.count == 2 ? AssetVersion(name: parts[0], version: parts[1]) : nil
    }
    var endpointName: String {
        guard isNew else { return existingEndpoint }
        return newEndpoint.isEmpty ? proposedEndpoint : newEndpoint
    }
}

extension AssetVersion {
    /// Name and version as users say them: `wine:1`.
    var short: String { "\(name):\(version)" }
}
