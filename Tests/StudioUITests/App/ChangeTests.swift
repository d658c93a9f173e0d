import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `Changes of the workspace` {
    private func endpointPage() -> StudioBench {
        var studio = StudioBench()
        studio.open(.endpoint("wine-growers"))
        studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        return studio
    }

    @Test func `make the page on top ask again`() {
        var studio = endpointPage()
        let effects = studio.send(.message(.workspaceChanged(at: StudioBench.now)))
        #expect(effects == [.fetch(.status, screen: 0), .fetch(.endpoint("wine-growers"), screen: 2)])
    }

    @Test func `that come while a query is on its way make it asked once more, not many times`() {
        var studio = endpointPage()
        studio.send(.message(.workspaceChanged(at: StudioBench.now)))
        #expect(studio.send(.message(.workspaceChanged(at: StudioBench.now))).isEmpty)
        #expect(studio.send(.message(.workspaceChanged(at: StudioBench.now))).isEmpty)
        let content = Content.endpoint(Samples.endpoint, [])
        let effects = studio.send(
            .message(.fetched(.endpoint("wine-growers"), screen: 2, content, at: StudioBench.now))
        )
        #expect(effects == [.fetch(.endpoint("wine-growers"), screen: 2)])
    }

    @Test func `the default deployment is picked from the list of deployments`() {
        var studio = endpointPage()
        studio.press("d", .down)
        #expect(studio.press(.enter) == [.fetch(Self.comparable, screen: 2)])
        let effects = studio.send(
            .message(.fetched(Self.comparable, screen: 2, .comparableJobs(nil), at: StudioBench.now))
        )
        #expect(effects == [.perform(.setDefaultDeployment("mlflow-wide", endpoint: "wine-growers"), screen: 2)])
    }

    @Test
    func `a change of the default is asked, and the comparison offered, where both deployments scored the same data`() {
        var studio = endpointPage()
        studio.press("d", .down, .enter)
        var other = Samples.job(.completed)
        other.name = "other"
        studio.answer(Self.comparable, .comparableJobs(JobPair(first: Samples.job(.completed), second: other)))
        #expect(studio.text.contains("Make mlflow-wide the default deployment?"))
        #expect(studio.text.contains("Both have scored"))
        studio.press("c")
        #expect(studio.model.page?.route == .comparison(first: Samples.job(.completed).name, second: "other"))
        studio.press(.escape, "d", .down, .enter)
        studio.answer(Self.comparable, .comparableJobs(JobPair(first: Samples.job(.completed), second: other)))
        #expect(studio.press(.enter).isEmpty)
        studio.press("d", .down, .enter)
        studio.answer(Self.comparable, .comparableJobs(JobPair(first: Samples.job(.completed), second: other)))
        #expect(
            studio.press("y") == [.perform(.setDefaultDeployment("mlflow-wide", endpoint: "wine-growers"), screen: 2)]
        )
    }

    private static let comparable = Query.comparableJobs(
        endpoint: "wine-growers",
        first: "mlflow",
        second: "mlflow-wide"
    )

    @Test func `the form of an endpoint writes the fields that were changed in it, and no other`() {
        var studio = endpointPage()
        studio.open(.editEndpoint("wine-growers"))
        studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        studio.press("!", .tab, .backTab)
        let draft = EndpointDraft(name: "wine-growers", description: "Who grew this wine?!")
        #expect(studio.press("ctrl+s") == [.perform(.updateEndpoint(draft), screen: 3)])
    }

    @Test func `deleting asks first, and the first button destroys nothing`() {
        var studio = endpointPage()
        studio.delete([.endpoint("wine-growers")])
        #expect(studio.text.contains("Delete endpoint wine-growers?"))
        #expect(studio.press(.enter).isEmpty)
        studio.delete([.endpoint("wine-growers")])
        studio.press(.right)
        #expect(studio.press(.enter) == [.perform(.deleteEndpoint("wine-growers"), screen: 2)])
    }

    @Test func `a deleted endpoint's page is left, and it is said`() {
        var studio = endpointPage()
        let useCase = UseCase.deleteEndpoint("wine-growers")
        studio.send(.message(.performed(useCase, screen: 2, .deleted, at: StudioBench.now)))
        #expect(studio.way == ["Endpoints"])
        expectMessage(studio.messages.joined(separator: "\n"), "toast/endpoint-deleted")
    }

    @Test func `a refusal is shown and kept in the error log`() {
        var studio = endpointPage()
        let failure = Failure(
            "delete endpoint wine-growers",
            StudioError(.inUse, "Job five of endpoint 'wine-growers' is Running.", advice: "Wait for it.")
        )
        let useCase = UseCase.deleteEndpoint("wine-growers")
        studio.send(.message(.refused(useCase, screen: 2, failure, at: StudioBench.now)))
        #expect(studio.text.contains("✗ Job five of endpoint 'wine-growers' is Running."))
        studio.press("ctrl+l")
        #expect(studio.text.contains("delete endpoint wine-growers"))
    }

    @Test func `the default deployment cannot be deleted while there is another one, and the reason is said`() {
        var studio = endpointPage()
        studio.press(.tab, "D")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/default-deployment")
        studio.press("j")
        studio.delete([.deployment("mlflow-wide", endpoint: "wine-growers")])
        studio.press(.right)
        let effects = studio.press(.enter)
        #expect(effects == [.perform(.deleteDeployment("mlflow-wide", endpoint: "wine-growers"), screen: 2)])
    }

    @Test func `a page whose thing is gone is left for the list, and it is said`() {
        var studio = endpointPage()
        let failure = Failure("open", StudioError(.notFound, "There is no endpoint named 'wine-growers'."))
        studio.send(.message(.missed(.endpoint("wine-growers"), screen: 2, failure, at: StudioBench.now)))
        #expect(studio.way == ["Endpoints"])
        expectMessage(studio.messages.joined(separator: "\n"), "toast/endpoint-gone")
    }
}
