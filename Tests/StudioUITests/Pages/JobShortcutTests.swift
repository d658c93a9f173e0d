import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `From a list` {
    private func jobsPage() -> StudioBench {
        var studio = StudioBench()
        studio.press("6")
        let slice = JobSlice(total: 5, offset: 0, jobs: Samples.overviews)
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), slice))
        return studio
    }

    @Test func `l opens the log and o the results of the selected job`() {
        var studio = jobsPage()
        studio.press("l")
        #expect(studio.model.page?.memory.tab == JobPage.Tab.log.rawValue)
        studio.press(.escape, "o")
        #expect(studio.model.page?.memory.tab == JobPage.Tab.results.rawValue)
        #expect(studio.model.page?.route == .job("five"))
    }

    @Test func `r and y run the job again with its input`() {
        var studio = jobsPage()
        #expect(studio.press("r") == [.fetch(.job("five"), screen: 2)])
        studio.answer(.job("five"), .job(Samples.content()))
        let effects = studio.press("y")
        guard case .perform(.invoke(let invocation), screen: 2)? = effects.first else {
            Issue.record("not started: \(effects)")
            return
        }
        #expect(invocation.input == .local("/data/wine"))
        #expect(invocation.deploymentName == "mlflow")
        #expect(invocation.output == nil)
    }

    @Test func `an endpoint's commands are about its last job`() {
        var studio = StudioBench()
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        #expect(studio.press("r") == [.fetch(.job("five"), screen: 1)])
        studio.press("l")
        #expect(studio.model.page?.route == .job("five"))
        studio.press(.escape, "G", "o")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/no-job")
    }
}
