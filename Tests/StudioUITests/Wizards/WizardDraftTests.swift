import BatchDomain
import FoundationEssentials
import Glibc
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
        #expect(second.text.contains("[ c Continue draft from 13:58 ]  [ s Start again ]"))
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
        #expect(second.kept(key).isEmpty)
        #expect(second.way == ["Endpoints"])
    }

    @Test func `that cannot be read is passed over`() {
        var studio = studio()
        studio.answer(.kept(key: key), .kept(key: key, "{\"of\":\"an older studio\"}"))
        #expect(studio.model.overlay == nil)
    }

    @Test(arguments: ["esc", "ctrl+c", "6", "SIGHUP", "SIGTERM", "mouse"])
    func `is kept with all that was typed, whatever the way out`(way: String) throws {
        var studio = studio()
        studio.fillEndpointAndModel()
        studio.press("alt+1", .down)
        studio.type("x")
        switch way {
        case "SIGHUP": studio.send(.event(.terminate(signal: SIGHUP)))
        case "SIGTERM": studio.send(.event(.terminate(signal: SIGTERM)))
        case "mouse": studio.send(.event(.click(x: 16, y: 1)))
        case "6": studio.press("alt+6", "6")
        case "esc": studio.press(.escape)
        default: studio.press("ctrl+c")
        }
        let kept = try #require(studio.kept(key).last ?? nil)
        #expect(KeptDraft<DeploymentAnswers>(text: kept)?.draft.newEndpoint == "wine-twox")
        #expect(studio.model.overlay == nil)
    }

    @Test func `is not made where nothing was entered`() {
        var studio = studio()
        studio.press(.escape)
        #expect(studio.way == ["Endpoints"])
        #expect(studio.kept(key).isEmpty)
    }

    @Test func `is named in a message when the wizard is left`() {
        var studio = studio()
        studio.type("x")
        studio.press(.escape)
        #expect(studio.messages == ["Draft kept: “Create batch endpoint” offers it when it is opened again."])
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
        #expect(page.form.focused?.error == Setting.timeout.problem(value: "0").studioText)
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
