import BatchDomain
import TerminalKit

@testable import StudioUI

extension Samples {
    /// A model that is not scored without a script.
    static let customModel = Model(
        name: "taxi",
        version: "1",
        kind: .custom,
        source: "./taxi",
        path: "/workspaces/default/models/taxi/1/taxi",
        bytes: 12,
        createdAt: ago(100_000)
    )
}

extension StudioBench {
    /// Opens the wizard of a route with something of everything to choose from.
    mutating func openWizard(_ route: Route) {
        open(route)
        answer(.endpointNames, .endpointNames(["taxi-tips", "wine-growers"]))
        answer(.modelVersions, .models(Samples.models + [Samples.customModel]))
        answer(.environments(.active), .environments(Samples.environments))
        answer(.compute, .compute(Samples.compute))
        answer(.dataVersions, .data(Samples.data))
        answer(.generatedScript, .generatedScript("def init():\n    ...\n\n\ndef run(mini_batch):\n    ...\n"))
        answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
    }

    /// Types text.
    mutating func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    /// The wizard on top, to look into.
    var deploymentWizard: WizardPage<DeploymentWizard>? { model.page as? WizardPage<DeploymentWizard> }
    var jobWizard: WizardPage<JobWizard>? { model.page as? WizardPage<JobWizard> }

    /// Fills in what has to be filled in and goes to the deployment step of a new endpoint.
    mutating func fillEndpointAndModel(model: String = "wine:2") {
        type("wine-two")
        press("ctrl+n", .enter)
        type(model)
        press(.enter, "ctrl+n")
    }

    /// Chooses data in the wizard of jobs and finds that it does not fit.
    mutating func checkInput() {
        press("ctrl+n", .enter, .enter)
        guard let request = jobWizard?.wizard.previewRequest else { return }
        answer(.dataPreview(request), .dataPreview(request, Samples.dataPreview()))
    }

    /// What the wizard of jobs says below the fields of the input.
    var dataNotes: [String]? { jobWizard?.wizard.notes(of: JobWizard.Step.data.rawValue) }

    /// The checks of inputs that were asked for.
    var previewRequests: [DataPreviewRequest] {
        effects.compactMap { effect in
            guard case .fetch(.dataPreview(let request), _) = effect else { return nil }
            return request
        }
    }

    /// Where the draft of a form is kept.
    static func formKey(_ route: Route) -> String? { (route.makePage() as? FormPage)?.draftKey }

    /// The texts that were kept for a key, oldest first.
    func kept(_ key: String) -> [String?] {
        effects.compactMap { effect in
            guard case .keep(let text, key) = effect else { return nil }
            return .some(text)
        }
    }

    /// The changes that were asked for.
    var useCases: [UseCase] {
        effects.compactMap { effect in
            guard case .perform(let useCase, _) = effect else { return nil }
            return useCase
        }
    }
}
