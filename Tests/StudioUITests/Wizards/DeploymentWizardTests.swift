import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `The wizard of endpoints and deployments` {
    private func studio(_ route: Route = .createEndpoint) -> StudioBench {
        var studio = StudioBench()
        studio.openWizard(route)
        return studio
    }

    /// A wizard with all there is to choose from, to try answers on.
    private func wizard(_ change: (inout DeploymentAnswers) -> Void) -> DeploymentWizard {
        var wizard = DeploymentWizard(.createEndpoint)
        wizard.receive(.models(Samples.models + [Samples.customModel]))
        wizard.receive(.endpointNames(["wine-growers"]))
        wizard.receive(.environments(Samples.environments))
        wizard.receive(.compute(Samples.compute))
        (wizard.draft.newEndpoint, wizard.draft.name, wizard.draft.model) = ("wine-two", "mlflow", "wine:2")
        change(&wizard.draft)
        return wizard
    }

    @Test func `asks for an endpoint with its deployment`() {
        var studio = studio()
        studio.fillEndpointAndModel()
        studio.press("alt+6", "f10")
        let endpoint = EndpointDraft(name: "wine-two")
        let deployment = DeploymentDraft(
            endpointName: "wine-two",
            name: "wine-2",
            model: .registered(AssetReference(name: "wine", version: .exact("2")))
        )
        #expect(studio.useCases == [.createEndpointAndDeploy(endpoint, deployment)])
    }

    @Test func `adds a deployment to the endpoint it was opened from`() {
        var studio = studio(.addDeployment(endpoint: "wine-growers"))
        studio.press("ctrl+n", .enter)
        studio.type("wine:1")
        studio.press(.enter, "ctrl+n", "alt+6", "f10")
        guard case .deploy(let draft, let setDefault)? = studio.useCases.last else {
            Issue.record("nothing was deployed")
            return
        }
        #expect(draft.endpointName == "wine-growers")
        #expect(!setDefault)
    }

    @Test func `opened from a model has it chosen`() {
        let studio = studio(.deployModel(AssetVersion(name: "wine", version: "1")))
        #expect(studio.deploymentWizard?.wizard.draft.model == "wine:1")
        #expect(studio.deploymentWizard?.wizard.draft.name == "wine-1")
    }

    @Test func `another kind of model resets the script, and says so`() throws {
        var studio = studio()
        studio.fillEndpointAndModel(model: "taxi")
        studio.press("ctrl+n")
        studio.type("./code")
        studio.press("alt+2", .space)
        studio.type("wine:1")
        studio.press(.enter)
        let page = try #require(studio.deploymentWizard)
        expectMessage(page.note, "wizard/model-kind-changed")
        #expect(page.wizard.draft.codeFolder.isEmpty)
        #expect(page.stepper.steps[3].state == .notNeeded)
        #expect(studio.text.contains("were taken away"))
    }

    @Test func `summary_only resets the file name, and says so`() {
        let old = wizard { $0.settings[.outputFileName] = "a.csv" }
        var new = old
        new.draft.settings[.outputAction] = "summary_only"
        let resets = new.normalize(from: old.draft)
        #expect(resets.count == 1)
        #expect(new.draft.settings[.outputFileName].isEmpty)
        #expect(new.problems.isEmpty)
    }

    @Test(arguments: [
        (Setting.miniBatchSize, "0"), (.timeout, "x"), (.maxRetries, "-1"), (.errorThreshold, "-2"),
        (.outputFileName, "a/b"), (.instanceCount, "none"), (.maxConcurrencyPerInstance, "2147483648"),
    ])
    func `says of a setting what the domain says`(setting: Setting, value: String) {
        let wizard = wizard { $0.settings[setting] = value }
        #expect(wizard.problems.map(\.text) == [setting.problem(value: value).studioText])
        #expect(wizard.problems.map(\.field) == [setting.key])
    }

    @Test func `wants what a model without MLflow needs`() {
        let wizard = wizard {
            ($0.model, $0.scoring, $0.codeFolder, $0.script) = ("taxi:1", .own, "./code", "score.py")
        }
        #expect(wizard.problems.map(\.field) == ["environment"])
    }

    @Test func `knows the bounds of a compute target`() {
        let wizard = wizard {
            $0.compute = "batch-cluster"
            $0.settings[.instanceCount] = "6"
        }
        #expect(wizard.problems.map(\.step) == [DeploymentWizard.Step.compute.rawValue])
        #expect(wizard.problems.first?.text.contains("max_instances") == true)
    }

    @Test func `refuses a name that is taken`() {
        let wizard = wizard { $0.newEndpoint = "wine-growers" }
        #expect(wizard.problems.map(\.field) == ["endpoint_name"])
    }

    @Test func `shows what is generated`() {
        var studio = studio()
        studio.fillEndpointAndModel()
        studio.press("alt+4", .tab, .tab, .enter, .enter)
        #expect(studio.text.contains("def run(mini_batch):"))
        studio.press(.escape, .enter, .down, .enter)
        #expect(studio.text.contains("scikit-learn==1.5.2"))
        studio.press(.escape)
        #expect(studio.deploymentWizard?.reading == nil)
    }

    @Test func `offers to register a model where there is none, and keeps the draft`() {
        var studio = StudioBench()
        studio.open(.createEndpoint)
        studio.answer(.modelVersions, .models([]))
        studio.type("wine-two")
        studio.press("ctrl+n", .space)
        #expect(studio.text.contains("There are no models."))
        studio.press(.enter)
        #expect(studio.way.last == "Register model")
    }

    @Test func `copies the same as YAML and commands`() {
        let wizard = wizard { $0.settings[.miniBatchSize] = "5" }
        #expect(
            wizard.script == """
                cat > endpoint.yml <<'EOF'
                $schema: https://azuremlschemas.azureedge.net/latest/batchEndpoint.schema.json
                name: wine-two
                auth_mode: aad_token
                EOF
                batchstudio batch-endpoint create --file endpoint.yml
                cat > deployment.yml <<'EOF'
                $schema: https://azuremlschemas.azureedge.net/latest/modelBatchDeployment.schema.json
                name: mlflow
                endpoint_name: wine-two
                type: model
                model: azureml:wine:2
                compute: azureml:local
                settings:
                  mini_batch_size: 5
                EOF
                batchstudio batch-deployment create --file deployment.yml --set-default
                """
        )
    }
}
