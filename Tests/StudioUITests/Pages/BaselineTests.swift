import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `The baseline of an endpoint` {
    /// The list of jobs with the cursor on the completed one.
    private var list: StudioBench {
        var studio = StudioBench()
        studio.press("6")
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), JobSlice(total: 5, offset: 0, jobs: Samples.overviews)))
        studio.press(.down, .down)
        return studio
    }

    private static func endpoint(_ baseline: String?) -> Content {
        var endpoint = Samples.endpoint
        endpoint.baseline = baseline
        return .endpoint(endpoint, Samples.deployments)
    }

    @Test func `is a completed job of the list after b, and u puts the old one back`() {
        var studio = list
        studio.press("b")
        studio.answer(.endpoint("wine-growers"), Self.endpoint("one"))
        #expect(studio.text.contains("Make quirky_sponge_three the baseline?") && studio.text.contains("Now:      one"))
        let change = UseCase.setBaseline("three", endpoint: "wine-growers")
        let screen = studio.model.screens.last?.id ?? 0
        #expect(studio.press("y").contains(.perform(change, screen: screen)))
        studio.send(.message(.performed(change, screen: screen, .endpoint(Samples.endpoint), at: StudioBench.now)))
        #expect(studio.messages.first?.hasSuffix("u undoes it.") == true)
        #expect(studio.press("u").contains(.perform(.setBaseline("one", endpoint: "wine-growers"), screen: 0)))
    }

    @Test func `is taken away by b on the job that it is`() {
        var studio = list
        studio.press("b")
        studio.answer(.endpoint("wine-growers"), Self.endpoint("three"))
        #expect(studio.text.contains("Take the baseline away?"))
        let screen = studio.model.screens.last?.id ?? 0
        #expect(studio.press("y").contains(.perform(.setBaseline(nil, endpoint: "wine-growers"), screen: screen)))
    }

    @Test func `is no job that has not completed`() {
        var studio = list
        studio.press(.up, "b")
        #expect(studio.messages == ["Only a completed job can be the baseline; this one is Queued."])
    }

    @Test(arguments: ["b", "B"] as [Key])
    func `is set on the page of a job`(key: Key) {
        var studio = StudioBench()
        studio.openDriftedJob()
        if key == "B" { studio.press(.tab, .tab) }
        studio.press(key)
        studio.answer(.endpoint("wine-growers"), Self.endpoint("monday"))
        let screen = studio.model.screens.last?.id ?? 0
        #expect(studio.press("y").contains(.perform(.setBaseline("five", endpoint: "wine-growers"), screen: screen)))
    }

    @Test func `is named before its job is deleted`() {
        var studio = StudioBench()
        studio.press("6")
        var job = Samples.overview("one", .completed)
        job.isBaseline = true
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), JobSlice(total: 1, offset: 0, jobs: [job])))
        studio.press("D")
        #expect(studio.text.contains("the baseline of its"), "\(studio.text)")
    }

    @Test func `is what a job with drift is compared with, at first sight`() {
        var studio = StudioBench()
        studio.openDriftedJob()
        #expect(studio.text.contains("~ prediction: "))
        studio.press(.tab, .tab)
        #expect(studio.text.contains(" failed ~"), "\(studio.text)")
        #expect(studio.text.contains("Drift from monday"))
    }
}
