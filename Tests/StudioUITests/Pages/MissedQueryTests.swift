import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

/// Queries that fail.
struct `A query that fails` {
    private let failure = Failure("read", text: "The database can't be read: disk I/O error.")

    private func miss(_ query: Query, in studio: inout StudioBench) {
        let screen = studio.model.screens.last?.id ?? 0
        studio.send(.message(.missed(query, screen: screen, failure, at: StudioBench.now)))
    }

    @Test(arguments: [
        (Section.models, Query.models(.active)), (.jobs, .jobs(JobListing())), (.endpoints, .endpoints),
        (.compute, .compute),
    ])
    func `is shown in the place of the list's rows`(section: Section, query: Query) {
        var studio = StudioBench()
        studio.open(.section(section))
        miss(query, in: &studio)
        #expect(studio.text.contains("✗ " + failure.text))
        #expect(!studio.text.contains("Loading"))
    }

    @Test func `is shown on the home page and in the place of a datastore's files`() {
        var studio = StudioBench()
        studio.open(.section(.home))
        miss(.home, in: &studio)
        #expect(studio.text.contains(failure.text))
        let place = DatastorePath(datastore: "inputs", path: "2026")
        studio.open(.datastoreFiles(place))
        miss(.datastoreFiles(place), in: &studio)
        #expect(studio.text.contains(failure.text))
        #expect(studio.messages.isEmpty)
    }

    @Test func `is a message where the list has rows`() {
        var studio = StudioBench()
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        miss(.endpoints, in: &studio)
        #expect(studio.messages == [failure.text])
        #expect(studio.text.contains("wine-growers"))
    }

    @Test(arguments: [
        (1, Query.jobLog(JobLogRequest(job: "five", anchor: .end, filter: JobLogFilter()))),
        (2, .failures(job: "five", offset: 0, limit: 200)), (3, .outputs(job: "five")),
    ])
    func `is shown in the tab of a job`(tab: Int, query: Query) {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        for _ in 0..<tab { studio.press(.tab) }
        miss(query, in: &studio)
        #expect(studio.text.contains("✗ " + failure.text))
    }

    @Test func `ends the search of a log`() {
        var studio = StudioBench()
        studio.open(.jobLog(job: "five", time: nil, worker: nil))
        let request = JobLogRequest(job: "five", anchor: .end, filter: JobLogFilter())
        studio.answer(.jobLog(request), .jobLog(request, Samples.window(Samples.logLines, isStart: false)))
        studio.press("/", "z", "q", .enter)
        let place = Samples.logLines[0].place
        miss(
            .jobLog(
                JobLogRequest(
                    job: "five",
                    anchor: .match("zq", from: place, isBackward: true),
                    filter: JobLogFilter()
                )
            ),
            in: &studio
        )
        #expect(!studio.text.contains("searching for"))
        #expect(studio.messages == [failure.text])
    }

    @Test func `does not replace a page that is about something else`() {
        var studio = StudioBench()
        studio.open(.endpoint("wine-growers"))
        studio.answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        miss(.job("five"), in: &studio)
        #expect(studio.messages == [failure.text])
        #expect(studio.text.contains("Who grew this wine?"))
        studio.open(.model(Samples.models[0].id))
        studio.answer(.model(Samples.models[0].id), .model(Samples.model))
        let before = studio.text
        miss(.deletions([.asset(.model, Samples.models[0].id)]), in: &studio)
        studio.dismissToasts()
        #expect(studio.text == before)
    }

    @Test func `of a page that was left is in the history only`() {
        var studio = StudioBench()
        studio.open(.model(Samples.models[0].id))
        studio.send(.message(.missed(.endpoints, screen: 1, failure, at: StudioBench.now)))
        #expect(studio.messages.isEmpty)
        #expect(studio.model.history.entries.last?.text == failure.text)
    }
}
