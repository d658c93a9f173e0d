import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `The archive` {
    private func models(_ visibility: Visibility = .active) -> StudioBench {
        var studio = StudioBench()
        _ = studio.model.open(.models)
        studio.answer(.models(.active), .models([Samples.models[0]]))
        if visibility == .archived { studio.press("A") }
        return studio
    }

    @Test func `takes a model out of the list`() {
        var studio = models()
        let archive = UseCase.archiveAsset(.model, name: "wine", true)
        #expect(studio.press("z") == [.perform(archive, screen: 2)])
        studio.send(.message(.performed(archive, screen: 2, .archived, at: StudioBench.now)))
        expectMessage(studio.messages.joined(separator: "\n"), "toast/model-archived")
    }

    @Test func `lists what is archived, and brings it back`() {
        var studio = models(.archived)
        #expect(studio.effects.contains(.fetch(.models(.archived), screen: 2)))
        #expect(studio.way == ["Models, archived"])
        studio.answer(.models(.archived), .models([Samples.models[0]]))
        #expect(studio.press("z") == [.perform(.archiveAsset(.model, name: "wine", false), screen: 2)])
    }

    @Test func `says so when nothing is in it`() {
        var studio = models(.archived)
        studio.answer(.models(.archived), .models([]))
        studio.press("z")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/nothing-archived")
    }

    @Test func `takes no job that runs`() {
        var studio = StudioBench()
        _ = studio.model.open(.jobs)
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), JobSlice(total: 5, offset: 0, jobs: Samples.overviews)))
        #expect(studio.press("z").isEmpty)
        expectMessage(studio.messages.joined(separator: "\n"), "toast/job-not-archived")
    }

    @Test func `has jobs, too`() {
        var studio = StudioBench()
        _ = studio.model.open(.jobs)
        studio.press("A")
        let listing = JobListing(visibility: .archived)
        #expect(studio.effects.contains(.fetch(.jobs(listing), screen: 2)))
        let slice = JobSlice(total: 1, offset: 0, jobs: [Samples.overview("three", .completed)])
        studio.answer(.jobs(listing), .jobs(listing, slice))
        #expect(studio.press("z") == [.perform(.archiveJob("three", false), screen: 2)])
    }
}

struct `A test of a deployment` {
    @Test func `begins at the endpoint with its default deployment`() {
        var studio = StudioBench()
        studio.open(.endpoint("wine-growers"))
        studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        studio.press("t")
        #expect(studio.model.page?.route == .testDeployment(endpoint: "wine-growers", deployment: "mlflow"))
    }

    @Test func `scores the file that was typed`() {
        var studio = StudioBench()
        studio.open(.testDeployment(endpoint: "wine-growers", deployment: "mlflow"))
        studio.press("t", ".", "c")
        let query = Query.deploymentTest(endpoint: "wine-growers", deployment: "mlflow", file: "t.c")
        #expect(studio.press(.enter) == [.fetch(query, screen: 2)])
    }

    @Test func `needs a file`() {
        var studio = StudioBench()
        studio.open(.testDeployment(endpoint: "wine-growers", deployment: "mlflow"))
        #expect(studio.press(.enter).isEmpty)
    }

    @Test func `tells why it could not begin, and asks for another file`() {
        var studio = StudioBench()
        studio.open(.testDeployment(endpoint: "wine-growers", deployment: "mlflow"))
        studio.press("x", .enter)
        let query = Query.deploymentTest(endpoint: "wine-growers", deployment: "mlflow", file: "x")
        let failure = Failure(query.activity, text: "There is no file x.")
        studio.send(.message(.missed(query, screen: 2, failure, at: StudioBench.now)))
        #expect(studio.text.contains("There is no file x."))
        studio.press("t", "y")
        #expect(studio.model.page?.isTyping == true)
        #expect(studio.text.contains("xy"))
    }
}
