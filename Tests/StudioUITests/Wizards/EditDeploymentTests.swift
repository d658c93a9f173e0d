import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `The wizard that edits a deployment` {
    /// A deployment with a setting that is not Azure's default, and a secret.
    private var deployment: Deployment {
        var deployment = Samples.deployments[0]
        deployment.settings.miniBatchSize = 7
        deployment.settings.environmentVariables = ["API_KEY": "s3cret", "OMP_NUM_THREADS": "1"]
        deployment.tags = ["team": "wine"]
        return deployment
    }

    private func studio() -> StudioBench {
        let deployment = deployment
        var studio = StudioBench()
        studio.open(.editDeployment(endpoint: deployment.endpointName, deployment: deployment.name))
        studio.answer(.modelVersions, .models(Samples.models + [Samples.customModel]))
        studio.answer(.environments(.active), .environments(Samples.environments))
        studio.answer(.compute, .compute(Samples.compute))
        studio.answer(.endpoint(deployment.endpointName), .endpoint(Samples.endpoint, [deployment]))
        return studio
    }

    @Test func `begins with all that it is, and has nothing to keep`() throws {
        let page = try #require(studio().deploymentWizard)
        #expect(page.step == DeploymentWizard.Step.model.rawValue)
        #expect(page.wizard.draft.settings[.miniBatchSize] == "7")
        #expect(page.wizard.draft.settings[.timeout].isEmpty)
        #expect(page.wizard.draft.settings[.environmentVariables] == "API_KEY=***\nOMP_NUM_THREADS=1")
        #expect(page.stepper.steps[0].state == .notNeeded)
        #expect(!page.hasSomethingToLose)
        #expect(page.problems.isEmpty)
    }

    @Test func `saves what was changed and leaves the rest as it was`() throws {
        var studio = studio()
        studio.press("ctrl+n")
        studio.type("New words.")
        studio.press("alt+6", "f10")
        guard case .updateDeployment(let draft)? = studio.useCases.last else {
            Issue.record("nothing is saved")
            return
        }
        let old = deployment
        #expect(draft.description.hasSuffix("New words."))
        #expect(DeploymentSettings().overridden(by: draft.settings) == old.settings)
        #expect(draft.tags == old.tags)
        #expect(draft.model == .registered(AssetReference(old.model)))
        #expect(draft.compute == old.compute)
    }

    @Test func `is opened by e on the chosen deployment`() {
        var studio = StudioBench()
        studio.open(.endpoint("wine-growers"))
        studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        studio.press(.tab, "e")
        #expect(studio.model.page?.title == "Edit deployment")
    }

    @Test func `shows the same as a command that updates`() {
        var studio = studio()
        studio.press("alt+6")
        let script = studio.deploymentWizard?.wizard.script ?? ""
        #expect(script.hasSuffix("batchstudio batch-deployment update --file deployment.yml"))
        #expect(!script.contains("s3cret"))
    }
}
