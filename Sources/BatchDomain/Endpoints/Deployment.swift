package import FoundationEssentials

/// A deployment: model, scoring code, environment, compute and settings under an endpoint.
package struct Deployment: Equatable, Sendable, Codable {
    /// The endpoint it belongs to.
    package var endpointName: String
    /// The deployment's name, unique in its endpoint.
    package var name: String
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Free labels that stay.
    package var properties: [String: String]
    /// The model it scores with.
    package var model: AssetVersion
    /// How it scores.
    package var scoring: Scoring
    /// The registered environment; nil takes the one that the model's files describe.
    package var environment: AssetVersion?
    /// The compute target's name.
    package var compute: String
    /// How its jobs run.
    package var settings: DeploymentSettings
    /// Azure's state of the deployment itself.
    package var provisioningState: ProvisioningState
    /// When it was made.
    package var createdAt: Date
    /// When it was last changed.
    package var updatedAt: Date

    package init(
        endpointName: String,
        name: String,
        description: String = "",
        tags: [String: String] = [:],
        properties: [String: String] = [:],
        model: AssetVersion,
        scoring: Scoring = .generated,
        environment: AssetVersion? = nil,
        compute: String = ComputeTarget.defaultName,
        settings: DeploymentSettings = DeploymentSettings(),
        provisioningState: ProvisioningState = .succeeded,
        createdAt: Date,
        updatedAt: Date
    ) {
        self.endpointName = endpointName
        self.name = name
        self.description = description
        self.tags = tags
        self.properties = properties
        self.model = model
        self.scoring = scoring
        self.environment = environment
        self.compute = compute
        self.settings = settings
        self.provisioningState = provisioningState
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// The scoring script of a deployment.
package enum Scoring: Equatable, Sendable, Codable {
    /// The script that batchstudio generates for MLflow models.
    case generated
    /// A script of the user's own, in a folder that was copied at deployment.
    case script(ScoringCode)
}

/// A folder with a scoring script in it.
package struct ScoringCode: Equatable, Sendable, Codable {
    /// The folder, absolute: the user's own in a draft, the snapshot in a deployment.
    package var folder: String
    /// The script, relative to the folder.
    package var script: String

    package init(folder: String, script: String) {
        self.folder = folder
        self.script = script
    }
}

/// The parameters to create a deployment, or to replace one of the same name.
package struct DeploymentDraft: Equatable, Sendable {
    /// A model that is registered, or one to register by the way.
    package enum ModelChoice: Equatable, Sendable {
        case registered(AssetReference)
        case inline(ModelRegistration)
    }

    /// An environment that is registered, or one to register by the way.
    package enum EnvironmentChoice: Equatable, Sendable {
        case registered(AssetReference)
        case inline(EnvironmentRegistration)
    }

    /// The endpoint it belongs to.
    package var endpointName: String
    /// The deployment's name.
    package var name: String
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Free labels that stay.
    package var properties: [String: String]
    /// The model; nil is a problem that ``problems()`` reports.
    package var model: ModelChoice?
    /// The user's own scoring code.
    package var code: ScoringCode?
    /// The environment; nil takes the one that the model's files describe.
    package var environment: EnvironmentChoice?
    /// The compute target's name, without `azureml:`.
    package var compute: String
    /// The settings that were given; the others have Azure's defaults.
    package var settings: SettingsOverrides

    package init(
        endpointName: String,
        name: String,
        description: String = "",
        tags: [String: String] = [:],
        properties: [String: String] = [:],
        model: ModelChoice? = nil,
        code: ScoringCode? = nil,
        environment: EnvironmentChoice? = nil,
        compute: String = ComputeTarget.defaultName,
        settings: SettingsOverrides = SettingsOverrides()
    ) {
        self.endpointName = endpointName
        self.name = name
        self.description = description
        self.tags = tags
        self.properties = properties
        self.model = model
        self.code = code
        self.environment = environment
        self.compute = compute
        self.settings = settings
    }

    /// The problems of the values as far as they can be validated alone.
    package func problems() -> [Problem] {
        var problems = NameRule.endpoint.problems(in: endpointName, field: "endpoint_name")
        problems += NameRule.deployment.problems(in: name)
        if model == nil {
            problems.append(Problem(field: "model", rule: "must be given", example: "azureml:wine@latest"))
        }
        problems += DeploymentSettings().overridden(by: settings).problems()
        if settings.outputAction == .summaryOnly, settings.outputFileName != nil {
            problems.append(
                Problem(
                    field: Setting.outputFileName.key,
                    rule: "need not be given when output_action is summary_only: nothing is merged into a file"
                )
            )
        }
        return problems
    }
}
