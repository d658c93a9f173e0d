import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `The list of jobs` {
    private func slice(_ offset: Int, of total: Int = 100_000) -> JobSlice {
        let jobs = (offset..<max(offset, min(total, offset + 200))).map { Samples.overview("n\($0)", .completed) }
        return JobSlice(total: total, offset: offset, jobs: jobs)
    }

    private func jobsPage() -> StudioBench {
        var studio = StudioBench(size: Size(width: 80, height: 24))
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
        #expect(studio.text.contains("▸ ! Completed     quirky_sponge_n2"))
    }

    @Test func `filters in the workspace, and esc takes the filter away`() {
        var studio = jobsPage()
        studio.press("/", "w")
        #expect(studio.press("i") == [.fetch(.jobs(JobListing(filter: "wi")), screen: 2)])
        studio.press(.escape)
        #expect(studio.way == ["Jobs"])
        #expect(studio.effects.last == .fetch(.jobs(JobListing()), screen: 2))
    }

    @Test func `is sorted in the workspace, by each column in turn`() {
        var studio = jobsPage()
        #expect(studio.press("s") == [.fetch(.jobs(JobListing(order: .status)), screen: 2)])
        #expect(studio.press("S") == [.fetch(.jobs(JobListing(order: .status, isDescending: true)), screen: 2)])
        for _ in 1..<8 { studio.press("s") }
        #expect(studio.press("s") == [.fetch(.jobs(JobListing()), screen: 2)])
    }

    @Test func `keeps filter, order and place when it is left`() {
        var studio = jobsPage()
        studio.press("/", "w", .enter, "s")
        let listing = JobListing(filter: "w", order: .status)
        studio.answer(.jobs(listing), .jobs(listing, slice(0)))
        studio.press("j", "j", "1")
        #expect(studio.way == ["Endpoints"])
        #expect(studio.press("6").contains(.fetch(.jobs(listing), screen: 4)))
        studio.answer(.jobs(listing), .jobs(listing, slice(0)))
        #expect(studio.text.contains("▸ ! Completed     quirky_sponge_n2"))
    }

    @Test func `cancels those that are marked and run`() {
        var studio = jobsPage()
        studio.press(.space, .space)
        #expect(studio.press("x") == [.fetch(.jobsNamed(["n0", "n1"]), screen: 2)])
        let jobs = [Samples.overview("n0", .running), Samples.overview("n1", .completed)]
        studio.answer(.jobsNamed(["n0", "n1"]), .jobsNamed(jobs))
        #expect(studio.text.contains("Cancel 1 job?"))
        studio.press(.right)
        #expect(studio.press(.enter) == [.perform(.each([.cancelJob("n0")]), screen: 2)])
        let done = Outcome.each(done: 1, failures: [])
        studio.send(.message(.performed(.each([.cancelJob("n0")]), screen: 2, done, at: StudioBench.now)))
        #expect(!studio.text.contains("◆"))
    }

    @Test func `loads what is left when a session was kept further down`() {
        var studio = StudioBench(size: Size(width: 80, height: 24))
        _ = studio.model.push(.section(.jobs), memory: PageMemory(row: 5000))
        studio.send(.message(.noted("")))
        let old = JobListing(offset: 4900)
        #expect(studio.effects.contains(.fetch(.jobs(old), screen: 2)))
        studio.answer(.jobs(old), .jobs(old, slice(4900, of: 50)))
        #expect(studio.effects.last == .fetch(.jobs(JobListing()), screen: 2))
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), slice(0, of: 50)))
        #expect(studio.text.contains("quirky_sponge_n49"))
    }

    @Test func `stays on the job that a filter found when the filter is cleared`() {
        var studio = jobsPage()
        studio.press("/", "w", .enter)
        let listing = JobListing(filter: "w")
        var found = slice(0, of: 1)
        found.jobs = [Samples.overview("n7", .completed)]
        studio.answer(.jobs(listing), .jobs(listing, found))
        studio.press(.escape)
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), slice(0)))
        #expect(studio.text.contains("▸ ! Completed     quirky_sponge_n7"))
    }

    @Test func `marks nothing when the filter was changed meanwhile`() {
        var studio = jobsPage()
        studio.press("*", "/", "w", .enter)
        studio.answer(.jobNames(JobListing().whole), .jobNames(JobListing().whole, ["n0"]))
        let listing = JobListing(filter: "w")
        studio.answer(.jobs(listing), .jobs(listing, slice(0)))
        #expect(!studio.text.contains("◆"))
    }

    @Test func `marks all that the filter finds, also those that are far away`() {
        var studio = jobsPage()
        #expect(studio.press("*") == [.fetch(.jobNames(JobListing().whole), screen: 2)])
        studio.answer(.jobNames(JobListing().whole), .jobNames(JobListing().whole, ["n0", "n99999"]))
        #expect(studio.press("D") == [.fetch(.jobsNamed(["n0", "n99999"]), screen: 2)])
        studio.press(.escape)
        #expect(!studio.text.contains("◆"))
    }
}
