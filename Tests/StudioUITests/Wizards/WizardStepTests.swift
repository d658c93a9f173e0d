import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `Steps of a wizard` {
    private func studio() -> StudioBench {
        var studio = StudioBench()
        studio.openWizard(.createEndpoint)
        return studio
    }

    @Test func `Next stays at the first bad field and says the domain's words`() throws {
        var studio = studio()
        studio.type("a b")
        studio.press("ctrl+n")
        let page = try #require(studio.deploymentWizard)
        let problem = try #require(NameRule.endpoint.problems(in: "a b", field: "endpoint_name").first)
        #expect(page.step == 0)
        #expect(page.form.focused?.id == "endpoint_name")
        #expect(page.form.focused?.error == problem.studioText)
    }

    @Test func `leaving a field judges it, typing in it does not`() throws {
        var studio = studio()
        studio.type("a")
        #expect(studio.deploymentWizard?.form.focused?.error == nil)
        studio.press(.tab)
        #expect(studio.deploymentWizard?.form["endpoint_name"]?.error?.contains("at least 3") == true)
        studio.press(.backTab)
        studio.type("bc")
        #expect(studio.deploymentWizard?.form.focused?.error == nil)
    }

    @Test func `Back is free whatever is wrong`() {
        var studio = studio()
        studio.type("wine-two")
        studio.press("ctrl+n", "ctrl+n", "alt+left")
        #expect(studio.deploymentWizard?.step == 0)
        #expect(studio.deploymentWizard?.stepper.steps[1].state == .hasErrors)
        #expect(studio.deploymentWizard?.wizard.draft.newEndpoint == "wine-two")
    }

    @Test func `a jump goes to where one has been, and on once what lies between is right`() {
        var studio = studio()
        studio.press("alt+3")
        #expect(studio.deploymentWizard?.step == 0)
        #expect(studio.deploymentWizard?.isTyping == true)
        studio.fillEndpointAndModel()
        studio.press("alt+1")
        #expect(studio.deploymentWizard?.step == 0)
        studio.press("alt+6")
        #expect(studio.deploymentWizard?.isReview == true)
    }

    @Test func `the stepper is clicked`() {
        var studio = studio()
        studio.fillEndpointAndModel()
        studio.send(.event(.click(x: 5, y: studio.model.layout.body.y)))
        #expect(studio.deploymentWizard?.step == 0)
    }

    @Test func `a narrow screen has the steps as a list`() {
        var studio = StudioBench(size: Size(width: 60, height: 20))
        studio.openWizard(.createEndpoint)
        studio.fillEndpointAndModel()
        studio.send(.event(.click(x: 5, y: studio.model.layout.body.y)))
        #expect(studio.text.contains("– not needed"))
        studio.press(.up, .up, .enter)
        #expect(studio.deploymentWizard?.step == 0)
    }

    @Test func `the button goes on by mouse`() throws {
        var studio = studio()
        studio.type("wine-two")
        let y = studio.model.layout.body.maxY - 1
        let line = studio.text.split(separator: "\n", omittingEmptySubsequences: false)[y]
        let x = try #require(line.firstRange(of: "[ Next")).lowerBound
        studio.send(.event(.click(x: line.distance(from: line.startIndex, to: x) + 1, y: y)))
        #expect(studio.deploymentWizard?.step == 1)
    }

    @Test func `tab from the last field leads to the button, which enter presses`() {
        var studio = studio()
        studio.type("wine-two")
        studio.press(.tab, .tab, .tab)
        #expect(studio.deploymentWizard?.isOnButton == true)
        studio.press(.enter)
        #expect(studio.deploymentWizard?.step == 1)
    }

    @Test func `backspace in an empty field does not leave the page`() {
        var studio = studio()
        studio.press(.backspace)
        #expect(studio.deploymentWizard != nil)
    }

    @Test func `a line of the review leads to its field`() {
        var studio = studio()
        studio.fillEndpointAndModel()
        studio.press("alt+6", .down, .enter)
        #expect(studio.deploymentWizard?.step == 0)
        #expect(studio.deploymentWizard?.form.focused?.id == "endpoint_name")
    }

    @Test func `Create is refused with the first reason until everything is right`() {
        var studio = studio()
        studio.press("f10")
        #expect(studio.messages.last?.hasPrefix("Model: ") == true)
        #expect(studio.useCases.isEmpty)
    }
}
