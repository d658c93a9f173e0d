import BatchDomain
import TerminalKit

extension DeploymentWizard {
    typealias Field = WizardField<DeploymentAnswers>

    func fields(of step: Int) -> [Field] {
        switch Step(rawValue: step) {
        case .endpoint: endpointFields
        case .model: modelFields
        case .deployment: deploymentFields
        case .environment: environmentFields
        case .compute: computeFields
        case .review, nil: []
        }
    }

    private var endpointFields: [Field] {
        if isEditing { return [.fixed("endpoint_name", "Endpoint", draft.existingEndpoint)] }
        let target = Field.option(
            "target",
            "Endpoint",
            \.target,
            of: draft,
            help: "A new endpoint, or one that gets another deployment. Left and right choose."
        )
        guard draft.isNew else {
            var endpoint = Field.choice(
                "endpoint_name",
                "Name",
                \.existingEndpoint,
                of: draft,
                (supplies.endpoints ?? []).map { FormField.Option($0) },
                help: "The endpoint that gets the deployment; jobs are started by its name.",
                isRequired: true
            )
            endpoint.remedy = .init(
                text: "There are no endpoints. Create one, or choose New.",
                verb: "Create endpoint",
                route: .createEndpoint
            )
            return [target, endpoint]
        }
        let rule = NameRule.endpoint
        var name = Field.text(
            "endpoint_name",
            "Name",
            \.newEndpoint,
            of: draft,
            help: "Jobs are started by this name. \(rule.lengths.lowerBound) to \(rule.lengths.upperBound) "
                + "letters, digits and '-'; \(draft.proposedEndpoint) when it is empty.",
            placeholder: draft.proposedEndpoint
        )
        name.field.remark = "generated"
        name.comesFirst = true
        return [
            target, name,
            .text("description", "Description", \.endpointDescription, of: draft, help: "What it is for."),
            .pairs("tags", "Tags", \.endpointTags, of: draft, help: "Free labels, one key=value a line."),
        ]
    }

    private var modelFields: [Field] {
        let models = supplies.models ?? []
        var latest: Set<String> = []
        let kinds = models.map { model in
            let isLatest = latest.insert(model.name).inserted
            return (model.id.short, model.kind.rawValue + (isLatest ? " · latest" : ""))
        }
        let opener = draft.model.isEmpty ? "Enter" : "Space"
        var field = Field.choice(
            "model",
            "Model",
            \.model,
            of: draft,
            models.map { FormField.Option($0.id.short) },
            help: "A version of a registered model. \(opener) or a letter opens the list.",
            isRequired: true
        )
        field.details = Dictionary(kinds) { first, _ in first }
        field.remedy = .init(
            text: "There are no models. Register one; what you entered here is kept.",
            verb: "Register model",
            route: .registerModel
        )
        return [field]
    }

    private var deploymentFields: [Field] {
        let rule = NameRule.deployment
        let name = Field.text(
            "name",
            "Name",
            \.name,
            of: draft,
            help: "Unique in its endpoint. \(rule.lengths.lowerBound) to \(rule.lengths.upperBound) letters, digits "
                + "and '-'.",
            placeholder: "for example \(rule.example)",
            isRequired: true
        )
        let description = Field.text("description", "Description", \.description, of: draft, help: "What it is for.")
        let settings: [Setting] = [
            .outputAction, .outputFileName, .miniBatchSize, .timeout, .maxConcurrencyPerInstance, .errorThreshold,
            .maxRetries, .loggingLevel, .environmentVariables, .outputHeader, .outputFileColumn,
            .rowContract, .bisectFailedMiniBatches, .memoryLimitPerWorker, .blockRows, .splitFiles, .profile,
        ]
        let isMerged = draft.settings[.outputAction] != DeploymentSettings.OutputAction.summaryOnly.rawValue
        let fields = settings.filter { isMerged || ![.outputFileName, .outputHeader, .outputFileColumn].contains($0) }
            .map {
                Field.setting($0, \.settings, of: draft, over: DeploymentSettings())
            }
        let isDefault =
            isFirst
            ? Field.fixed("default", "Make default", "yes, it is the first")
            : Field.toggle(
                "default",
                "Make default",
                \.isDefault,
                of: draft,
                help: "Makes this new deployment the default for batch jobs."
            )
        if isEditing { return [.fixed("name", "Name", draft.name), description] + fields }
        return [name, description] + fields + [isDefault]
    }

    /// The settings that the step of the compute target asks for.
    static let computeSettings: [Setting] = [.instanceCount, .gpus, .workersPerGPU]

    private var computeFields: [Field] {
        let targets = supplies.compute ?? []
        var compute = Field.choice(
            "compute",
            "Compute",
            \.compute,
            of: draft,
            targets.map { FormField.Option($0.name) },
            help:
                "This machine, a Ray cluster, or an Azure cluster's numbers, which are kept so that Azure's scripts run unchanged.",
            isRequired: true
        )
        compute.details = Dictionary(
            targets.map { target in
                switch target.kind {
                case .local: (target.name, "this machine")
                case .amlCompute: (target.name, "up to \(target.maxInstances) instances")
                case .ray: (target.name, "up to \(target.cluster?.maxWorkers ?? 0) workers of a Ray cluster")
                }
            }
        ) { first, _ in first }
        compute.isDefault = draft.compute == ComputeTarget.defaultName
        return [compute]
            + Self.computeSettings.map { .setting($0, \.settings, of: draft, over: DeploymentSettings()) }
    }
}
