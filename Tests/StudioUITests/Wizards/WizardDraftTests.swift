import BatchDomain
import FoundationEssentials
import TerminalKit
import Testing

@testable import StudioUI

struct `The draft of a wizard` {
    private let key = "draft.createEndpoint"

    private func studio() -> StudioBench {
        var studio = StudioBench()
        studio.openWizard(.createEndpoint)
        return studio
    }

    @Test func `survives the end of the studio at its step`() throws {
        var first = studio()
        first.fillEndpointAndModel()
        let text = try #require(first.kept(key).last ?? nil)

        var second = studio()
        second.answer(.kept(key: key), .kept(key: key, text))
        #expect(second.text.contains("[ Continue draft from 13:58 ]  [ Start again ]"))
        second.press(.enter)
        #expect(second.deploymentWizard?.step == 2)
        #expect(second.deploymentWizard?.wizard.draft == first.deploymentWizard?.wizard.draft)
        #expect(
            second.deploymentWizard?.stepper.steps.map(\.state) == first.deploymentWizard?.stepper.steps.map(\.state)
        )
    }

    @Test func `is forgotten when one starts again`() throws {
        var first = studio()
        first.fillEndpointAndModel()
        var second = studio()
        second.answer(.kept(key: key), .kept(key: key, try #require(first.kept(key).last)))
        second.press(.right, .enter)
        #expect(second.kept(key).last == .some(nil))
        #expect(second.deploymentWizard?.wizard.draft == DeploymentAnswers())
    }

    @Test func `is not overwritten before it is decided about`() throws {
        var first = studio()
        first.fillEndpointAndModel()
        var second = studio()
        second.answer(.kept(key: key), .kept(key: key, try #require(first.kept(key).last)))
        second.press(.escape)
        second.type("x")
        #expect(second.text.contains("Continue draft from 13:58"))
        #expect(second.kept(key).isEmpty)
        second.press(.escape, .escape)
        #expect(second.way == ["Endpoints"])
    }

    @Test func `that cannot be read is passed over`() {
        var studio = studio()
        studio.answer(.kept(key: key), .kept(key: key, "{\"of\":\"an older studio\"}"))
        #expect(studio.model.overlay == nil)
    }

    @Test func `esc asks only when there is something to lose`() {
        var studio = studio()
        studio.press(.escape)
        #expect(studio.way == ["Endpoints"])

        studio.openWizard(.createEndpoint)
        studio.type("x")
        studio.press(.escape)
        #expect(studio.text.contains("[ Keep draft ]  [ Discard ]  [ Stay ]"))
        studio.press(.left, .enter)
        #expect(studio.way == ["Endpoints", "Create batch endpoint"])
        studio.press(.escape, .right, .enter)
        #expect(studio.way == ["Endpoints"])
        #expect(studio.kept(key).last == .some(nil))
    }

    @Test func `is there after a refusal, at the step that was refused`() throws {
        var studio = studio()
        studio.fillEndpointAndModel()
        studio.press("alt+6", "f10")
        let useCase = try #require(studio.useCases.last)
        let draft = studio.deploymentWizard?.wizard.draft
        let error = ValidationError(Setting.timeout.problem(value: "0"))
        let screen = try #require(studio.model.screens.last?.id)
        let failure = Failure(useCase.activity, error)
        studio.send(.message(.refused(useCase, screen: screen, failure, at: StudioBench.now)))
        let page = try #require(studio.deploymentWizard)
        #expect(page.step == 2)
        #expect(page.form.focused?.id == Setting.timeout.key)
        #expect(page.form.focused?.error == Setting.timeout.problem(value: "0").description)
        #expect(page.wizard.draft.name == draft?.name)
        #expect(page.wizard.draft.model == draft?.model)
    }

    @Test func `is forgotten once it is created, and the endpoint opens`() throws {
        var studio = studio()
        studio.fillEndpointAndModel()
        studio.press("alt+6", "f10")
        let useCase = try #require(studio.useCases.last)
        let screen = try #require(studio.model.screens.last?.id)
        let deployment = Samples.deployments[0]
        studio.send(.message(.performed(useCase, screen: screen, .deployment(deployment), at: StudioBench.now)))
        #expect(studio.way == ["Endpoints", "wine-two"])
        #expect(studio.kept(key).last == .some(nil))
    }
}
