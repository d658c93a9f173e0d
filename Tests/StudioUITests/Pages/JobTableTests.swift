import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `The list of jobs` {
    private func slice(_ offset: Int, of total: Int = 100_000) -> JobSlice {
        let jobs = (offset..<min(total, offset + 200)).map { Samples.overview("n\($0)", .completed) }
        return JobSlice(total: total, offset: offset, jobs: jobs)
    }

    private func jobsPage() -> StudioBench {
        var studio = StudioBench()
        studio.press("6")
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), slice(0)))
        return studio
    }

    @Test func `asks for the part around the cursor only`() {
        var studio = jobsPage()
        let effects = studio.press("G")
        let listing = JobListing(offset: 99_899)
        #expect(effects == [.fetch(.jobs(listing), screen: 2)])
        #expect(studio.text.contains("…"))
        studio.answer(.jobs(listing), .jobs(listing, slice(99_899)))
        #expect(studio.text.contains("quirky_sponge_n99999"))
        #expect(studio.press("k").isEmpty)
    }

    @Test func `keeps the chosen job when a new one comes`() {
        var studio = jobsPage()
        studio.press("j", "j")
        var moved = slice(0, of: 100_001)
        moved.jobs.insert(Samples.overview("new", .queued), at: 0)
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), moved))
        #expect(studio.text.contains("▸ ✓ Completed       quirky_sponge_n2"))
    }

    @Test func `filters in the workspace, and esc takes the filter away`() {
        var studio = jobsPage()
        studio.press("/", "w")
        #expect(studio.press("i") == [.fetch(.jobs(JobListing(filter: "wi")), screen: 2)])
        studio.press(.escape)
        #expect(studio.way == ["Jobs"])
        #expect(studio.effects.last == .fetch(.jobs(JobListing()), screen: 2))
    }

    @Test func `says why it cannot be sorted`() {
        var studio = jobsPage()
        studio.press("s")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/jobs-not-sorted")
    }
}
