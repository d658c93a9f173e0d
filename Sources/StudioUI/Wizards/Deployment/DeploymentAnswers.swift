import BatchDomain

/// Everything that the wizards of endpoints and deployments ask for, as it was typed.
struct DeploymentAnswers: Codable, Equatable {
    /// Whether the endpoint is made or chosen.
    var target = Target.new.rawValue
    var newEndpoint = ""
    /// What the new endpoint is called when nobody names it.
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
    var scoring = Scorer.generated.rawValue
    var codeFolder = ""
    var script = ""
    /// A registered environment, `sklearn-env:1`; empty takes the one that the model's files describe.
    var environment = ""
    var compute = ComputeTarget.defaultName

    enum Target: String, CaseIterable {
        case new, existing
    }

    enum Scorer: String, CaseIterable {
        case generated, own
    }

    var isNew: Bool { target == Target.new.rawValue }
    var isOwnScript: Bool { scoring == Scorer.own.rawValue }
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
    /// Name and version as people say them: `wine:1`.
    var short: String { "\(name):\(version)" }
}
