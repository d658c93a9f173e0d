import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `The columns of a list` {
    @Test func `are hidden and shown, filtered by only while shown, and kept`() throws {
        var studio = StudioBench()
        studio.press("3")
        studio.answer(.data(.active), .data(Samples.data))
        #expect(studio.text.contains("Version"))
        studio.press("|", .enter)
        // The list of columns stays open.
        #expect(studio.text.contains("Columns"))
        studio.press(.escape)
        #expect(!studio.text.contains("Version"))
        studio.press("1")
        guard case .keep(let text?, _) = studio.model.keepSession, let session = Session(text: text) else {
            Issue.record("nothing is kept")
            return
        }
        let list = try #require(session.lists?.first { $0.route == .section(.data) })
        #expect(list.memory.hiddenColumns == ["Version"])
        studio.press("3")
        studio.answer(.data(.active), .data(Samples.data))
        #expect(!studio.text.contains("Version"))
    }

    @Test func `of jobs are hidden too`() {
        var studio = StudioBench()
        studio.press("6")
        let slice = JobSlice(total: 5, offset: 0, jobs: Samples.overviews)
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), slice))
        studio.press("|")
        for letter in "endpoint" { studio.press(.character(letter)) }
        studio.press(.enter, .escape)
        #expect(!studio.text.contains("Endpoint "))
    }
}
