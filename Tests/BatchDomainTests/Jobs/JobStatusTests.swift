import BatchDomain
import Foundation
import Testing

struct JobStatusTests {
    private func counts(failed: Int, of files: Int? = 3) -> JobCounts {
        var counts = JobCounts()
        (counts.files, counts.failedFiles) = (files, failed)
        return counts
    }

    @Test func `A job that completed with failed files is not one that completed`() {
        #expect(JobStatus(.completed, counts(failed: 0)).label == "✓ Completed")
        let partial = JobStatus(.completed, counts(failed: 2))
        #expect(partial.isPartial)
        #expect(partial.label == "! 2 of 3 files failed")
        #expect(!JobStatus(.failed, counts(failed: 2)).isPartial)
    }

    @Test func `The ends have signs of their own, and words are no identifiers`() {
        let ends: [JobState] = [.completed, .failed, .canceled, .paused, .running, .queued]
        #expect(Set(ends.map { JobStatus($0).glyph }).count == ends.count)
        #expect(JobState.cancelRequested.words == "Canceling")
        #expect(JobState.allCases.allSatisfy { $0.words.dropFirst().allSatisfy { !$0.isUppercase } })
    }

    @Test(arguments: [
        ("mini-run", "quirky_sponge_29ytk85j", "mini-run"), ("mini-run", "Nightly", "Nightly"),
        ("312614ec-c897-482d-9c44-654676647cd7", "quirky_sponge_29ytk85j", "quirky_sponge_29ytk85j"),
        ("312614ec-c897-482d-9c44-654676647cd7", "two_small_words", "two_small_words"),
    ])
    func `A list shows the name that a user gave`(name: String, displayName: String, title: String) {
        let job = JobOverview(
            name: name,
            displayName: displayName,
            endpointName: "wine",
            deploymentName: "first",
            state: .queued,
            outputFolder: "/out",
            createdAt: Date(timeIntervalSince1970: 0)
        )
        #expect(job.title == title)
    }

    @Test func `Names that are made are known as such`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20 { #expect(DisplayName.isGenerated(DisplayName.random(using: &generator))) }
        #expect(!DisplayName.isGenerated("my_sponge_29ytk85j"))
    }
}
