import BatchDomain
import TerminalKit

extension DeploymentWizard {
    /// The draft of the answers, as far as they can be read.
    var deployment: DeploymentDraft {
        var deployment = DeploymentDraft(
            endpointName: draft.endpointName,
            name: draft.name,
            description: draft.description,
            tags: edited?.tags ?? [:],
            properties: edited?.properties ?? [:],
            compute: draft.compute,
            settings: draft.settings.read().overrides
        )
        restoreSecrets(in: &deployment.settings)
        if deployment.settings.outputAction == .summaryOnly { deployment.settings.outputFileName = nil }
        deployment.model = (try? AssetReference(draft.model, field: "model")).map { .registered($0) }
        if draft.isOwnScript {
            deployment.code = ScoringCode(folder: draft.codeFolder, script: draft.script)
        }
        if !draft.environment.isEmpty {
            deployment.environment = (try? AssetReference(draft.environment, field: "environment")).map {
                .registered($0)
            }
        }
        return deployment
    }

    var endpoint: EndpointDraft {
        let tags = KeyValueLines.pairs(in: draft.endpointTags).map { ($0.key, $0.value) }
        return EndpointDraft(
            name: draft.endpointName,
            description: draft.endpointDescription.isEmpty ? nil : draft.endpointDescription,
            tags: tags.isEmpty ? nil : Dictionary(tags) { _, last in last }
        )
    }

    var useCase: UseCase {
        if isEditing { return .updateDeployment(deployment) }
        return draft.isNew
            ? .createEndpointAndDeploy(endpoint, deployment)
            : .deploy(deployment, setDefault: draft.isDefault || isFirst)
    }

    /// The step that asks for a field.
    func step(of field: String) -> Step {
        switch field {
        case "endpoint_name", "tags": .endpoint
        case "model": .model
        case "code_configuration.code", "code_configuration.scoring_script", "environment": .environment
        case "compute": .compute
        case let key where Self.computeSettings.contains { $0.key == key }: .compute
        default: .deployment
        }
    }

    var problems: [WizardProblem] {
        let all = (answerProblems + domainProblems).filter { !$0.text.isEmpty }
        var seen: Set<String> = []
        return all.enumerated()
            .sorted { ($0.element.step, $0.offset) < ($1.element.step, $1.offset) }
            .map(\.element)
            .filter { seen.insert("\($0.step) \($0.field)").inserted }
    }

    private func problem(_ field: String, _ text: String) -> WizardProblem {
        WizardProblem(step: step(of: field).rawValue, field: field, text: text)
    }

    /// The problems by the rules of the domain.
    private var domainProblems: [WizardProblem] {
        let deployment = deployment
        var problems = draft.settings.read().problems + deployment.problems()
        if let model { problems += deployment.problems(with: model) }
        if let target { problems += DeploymentSettings().overridden(by: deployment.settings).problems(on: target) }
        return problems.map { problem($0.field, $0.studioText) }
    }

    /// The problems that only a form can have: nothing selected, gone meanwhile, taken, not written as pairs.
    private var answerProblems: [WizardProblem] {
        var problems: [WizardProblem] = []
        if draft.isNew {
            if supplies.endpoints?.contains(draft.endpointName) == true {
                let advice = "Choose another name, or Existing above to add a deployment to it."
                problems.append(
                    problem("endpoint_name", "There is an endpoint '\(draft.endpointName)' already. \(advice)")
                )
            }
            problems += KeyValueLines.problem(in: draft.endpointTags).map { [problem("tags", $0)] } ?? []
        } else if draft.existingEndpoint.isEmpty {
            problems.append(problem("endpoint_name", "Choose the endpoint that gets the deployment."))
        } else if let endpoints = supplies.endpoints, !endpoints.contains(draft.existingEndpoint) {
            problems.append(problem("endpoint_name", "There is no endpoint '\(draft.existingEndpoint)' any more."))
        }
        if !draft.model.isEmpty, supplies.models != nil, model == nil {
            problems.append(problem("model", "There is no model '\(draft.model)' any more. Choose another one."))
        }
        if let known = supplies.deployments, !draft.isNew, !isEditing, known.endpoint == draft.existingEndpoint,
            known.names.contains(draft.name)
        {
            let text = "Endpoint '\(known.endpoint)' has a deployment '\(draft.name)' already. Choose another name."
            problems.append(problem("name", text))
        }
        problems += draft.settings.variablesProblem.map { [problem(Setting.environmentVariables.key, $0)] } ?? []
        if draft.isOwnScript {
            if draft.codeFolder.isEmpty {
                problems.append(problem("code_configuration.code", "Name the folder with your script."))
            }
            if draft.script.isEmpty {
                problems.append(problem("code_configuration.scoring_script", "Name the script in that folder."))
            }
        }
        // A deployment keeps an older version of its environment, which the list does not offer.
        let isKept = edited?.environment.map { $0.short == draft.environment } ?? false
        if !draft.environment.isEmpty, supplies.environments != nil, environment == nil, !isKept {
            problems.append(problem("environment", "There is no environment '\(draft.environment)' any more."))
        }
        return problems
    }
}
