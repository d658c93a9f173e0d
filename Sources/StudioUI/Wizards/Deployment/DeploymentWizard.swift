import BatchDomain
import TerminalKit

/// *Create batch endpoint*, *Add deployment*, *Edit deployment* and *Deploy to batch endpoint*: one wizard with different answers given.
struct DeploymentWizard: Wizard {
    /// The choices; nil while they are loading.
    struct Supplies: Equatable {
        var endpoints: [String]?
        /// The deployments of the endpoint that was chosen last.
        var deployments: (endpoint: String, names: [String])?
        var models: [Model]?
        var environments: [EnvironmentAsset]?
        var compute: [ComputeTarget]?
        var script = ""

        static func == (one: Supplies, other: Supplies) -> Bool {
            one.endpoints == other.endpoints && one.models == other.models && one.compute == other.compute
                && one.environments == other.environments
        }
    }

    enum Step: Int, CaseIterable {
        case endpoint, model, deployment, environment, compute, review
    }

    let route: Route
    let title: String
    var draft = DeploymentAnswers()
    var supplies = Supplies()
    /// The deployment that is changed, as it was when the wizard was opened; nil where one is created.
    var edited: Deployment?

    /// Makes the wizard of a route.
    init(_ route: Route) {
        self.route = route
        switch route {
        case .addDeployment(let endpoint):
            title = "Add deployment"
            draft.target = .existing
            draft.existingEndpoint = endpoint
        case .editDeployment(let endpoint, let deployment):
            title = "Edit deployment"
            draft.target = .existing
            (draft.existingEndpoint, draft.name) = (endpoint, deployment)
        case .deployModel(let model):
            title = "Deploy to batch endpoint"
            draft.model = model.short
            draft.name = Self.suggestedName(for: model)
        default:
            title = "Create batch endpoint"
        }
    }

    let steps = ["Endpoint", "Model", "Deployment", "Environment", "Compute", "Review"]

    var draftKey: String {
        switch route {
        case .addDeployment(let endpoint): "draft.addDeployment.\(endpoint)"
        case .editDeployment(let endpoint, let deployment): "draft.editDeployment.\(endpoint).\(deployment)"
        case .deployModel(let model): "draft.deployModel.\(model.short)"
        default: "draft.createEndpoint"
        }
    }

    var queries: [Query] {
        let endpoint = draft.isNew || draft.existingEndpoint.isEmpty ? [] : [Query.endpoint(draft.existingEndpoint)]
        return [.endpointNames, .modelVersions, .environments(.active), .compute, .generatedScript] + endpoint
    }

    mutating func receive(_ content: Content) {
        switch content {
        case .endpointNames(let names):
            // Once: the name must not change when the endpoint is there.
            if supplies.endpoints == nil, names.contains(draft.proposedEndpoint) {
                let free = (1...(names.count + 1)).map { "endpoint-\($0)" }.first { !names.contains($0) }
                draft.proposedEndpoint = free ?? draft.proposedEndpoint
            }
            supplies.endpoints = names
        case .endpoint(let endpoint, let deployments):
            let isNews = supplies.deployments?.endpoint != endpoint.name
            supplies.deployments = (endpoint.name, deployments.map(\.name))
            if isEditing, edited == nil, let deployment = deployments.first(where: { $0.name == draft.name }) {
                fill(from: deployment)
            }
            if isNews, !isEditing { proposeFreeName() }
        case .models(let models): supplies.models = models
        case .environments(let environments): supplies.environments = environments
        case .compute(let targets): supplies.compute = targets
        case .generatedScript(let script): supplies.script = script
        default: break
        }
        if let model, model.mlflow == nil { draft.scoring = .own }
    }

    var verb: String { isEditing ? "Save" : "Create" }

    var start: Int { isEditing ? Step.model.rawValue : Step.endpoint.rawValue }

    func open(_ outcome: Outcome) -> [Request] {
        if isEditing {
            let text = "Deployment \(draft.name) is changed; jobs that run keep what they started with."
            return [.say(Toast(text, role: .success)), .back]
        }
        let text = draft.isNew ? "Endpoint \(draft.endpointName) is created." : "Deployment \(draft.name) is created."
        return [.say(Toast(text, role: .success)), .go(.endpoints, then: [.endpoint(draft.endpointName)])]
    }

    func check(of step: Int) -> DraftCheck? {
        guard Step(rawValue: step) == .environment, draft.isOwnScript else { return nil }
        return .deployment(deployment, creating: draft.isNew ? endpoint : nil)
    }

    func problems(of failure: Failure) -> [WizardProblem] {
        if !failure.problems.isEmpty {
            return failure.problems.map { problem in
                WizardProblem(step: step(of: problem.field).rawValue, field: problem.field, text: problem.studioText)
            }
        }
        // Everything else that can be missing is chosen from lists.
        guard draft.isOwnScript, [.notFound, .file, .scoring].contains(failure.code) else { return [] }
        let field = "code_configuration.scoring_script"
        return [WizardProblem(step: Step.environment.rawValue, field: field, text: failure.text)]
    }
}

// MARK: What was chosen

extension DeploymentWizard {
    /// The chosen model, once models are known.
    var model: Model? { supplies.models?.first { $0.id.short == draft.model } }

    var environment: EnvironmentAsset? { supplies.environments?.first { $0.id.short == draft.environment } }

    var target: ComputeTarget? { supplies.compute?.first { $0.name == draft.compute } }

    /// True when this is the endpoint's first deployment, which becomes its default.
    var isFirst: Bool {
        if draft.isNew { return true }
        guard let deployments = supplies.deployments, deployments.endpoint == draft.existingEndpoint else {
            return false
        }
        return deployments.names.isEmpty
    }

    /// True when it is scored without code.
    var isGenerated: Bool { model?.mlflow != nil && !draft.isOwnScript && draft.environment.isEmpty }

    func isNeeded(_ step: Int) -> Bool {
        switch Step(rawValue: step) {
        case .endpoint: !isEditing
        case .environment: !isGenerated
        default: true
        }
    }
}
