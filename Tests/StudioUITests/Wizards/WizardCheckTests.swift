import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `The check of a step against the workspace` {
    private let missing = Failure("check", StudioError(.notFound, "There is no folder or file on target path /data."))

    /// A wizard at the step of the input, with a path in it.
    private func studio() -> StudioBench {
        var studio = StudioBench()
        studio.openWizard(.createJob(endpoint: "wine-growers", deployment: nil))
        studio.press("ctrl+n", .up, .right, .right, .down)
        studio.type("/data")
        return studio
    }

    @Test func `keeps a step without its tick, the error at its field`() throws {
        var studio = studio()
        studio.checkFailure = missing
        studio.press("ctrl+n")
        let page = try #require(studio.jobWizard)
        #expect(page.step == JobWizard.Step.data.rawValue)
        #expect(page.stepper.steps[page.step].state == .hasErrors)
        #expect(page.form.focused?.id == "input.local")
        #expect(page.form.focused?.error == missing.text)
    }

    @Test func `is asked again by Next: what was missing may be there`() {
        var studio = studio()
        studio.checkFailure = missing
        studio.press("ctrl+n")
        studio.checkFailure = nil
        studio.press("ctrl+n")
        #expect(studio.jobWizard?.step == JobWizard.Step.output.rawValue)
        #expect(studio.jobWizard?.stepper.steps[JobWizard.Step.data.rawValue].state == .valid)
    }

    @Test func `clears its error when the answer is another one`() {
        var studio = studio()
        studio.checkFailure = missing
        studio.press("ctrl+n")
        studio.type("2")
        #expect(studio.jobWizard?.form.focused?.error == nil)
    }

    @Test func `holds what is typed meanwhile for the step that opens`() {
        var studio = studio()
        studio.isHoldingChecks = true
        studio.press("ctrl+n", .right)
        #expect(studio.jobWizard?.step == JobWizard.Step.data.rawValue)
        #expect(studio.text.contains("checking…"))
        studio.answerChecks()
        #expect(studio.jobWizard?.step == JobWizard.Step.output.rawValue)
        #expect(studio.jobWizard?.wizard.draft.place == .chosen)
    }

    @Test func `refuses an output that exists in its own step`() throws {
        var studio = studio()
        studio.press("ctrl+n", .right, .down, .down)
        studio.type("taken")
        studio.checkFailure = Failure("check", StudioError(.alreadyExists, "The output /blobs/taken exists already."))
        studio.press("ctrl+n")
        let page = try #require(studio.jobWizard)
        #expect(page.step == JobWizard.Step.output.rawValue)
        #expect(page.form.focused?.id == "output")
        #expect(page.form.focused?.error == "The output /blobs/taken exists already.")
    }

    @Test func `refuses a code folder that is missing at the folder's field`() throws {
        var studio = StudioBench()
        studio.openWizard(.createEndpoint)
        studio.fillEndpointAndModel(model: "taxi")
        let folder = Problem(field: "code_configuration.code", value: "./code", rule: "is not there")
        studio.checkFailure = Failure("check", ValidationError(folder))
        studio.press("ctrl+n")
        studio.type("./code")
        studio.press(.tab)
        studio.type("score.py")
        studio.press(.tab, .enter, .enter, "ctrl+n")
        let page = try #require(studio.deploymentWizard)
        #expect(page.step == DeploymentWizard.Step.environment.rawValue)
        #expect(page.form.focused?.id == "code_configuration.code")
        #expect(page.stepper.steps[page.step].state == .hasErrors)
    }

    @Test func `is asked of a step that a jump leaves, and shown by the review`() throws {
        var studio = studio()
        studio.checkFailure = missing
        studio.press("alt+4")
        let page = try #require(studio.jobWizard)
        #expect(page.isReview)
        #expect(page.stepper.steps[JobWizard.Step.data.rawValue].state == .hasErrors)
        studio.press("f10")
        #expect(studio.useCases.isEmpty)
    }

    @Test func `a step that is not needed is skipped both ways`() {
        var studio = StudioBench()
        studio.openWizard(.createEndpoint)
        studio.fillEndpointAndModel()
        studio.press("ctrl+n")
        #expect(studio.deploymentWizard?.step == DeploymentWizard.Step.compute.rawValue)
        studio.press("alt+left")
        #expect(studio.deploymentWizard?.step == DeploymentWizard.Step.deployment.rawValue)
    }
}
