import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `The preview beside a list` {
    private static let jobs = (0..<200).map { Samples.overview("n\($0)", .completed) }

    private func jobsPage(_ size: Size = Size(width: 120, height: 36)) -> StudioBench {
        var studio = StudioBench(size: size)
        studio.press("6")
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), JobSlice(total: 200, offset: 0, jobs: Self.jobs)))
        return studio
    }

    @Test func `follows the selection at once, and asks for one row at a time`() {
        var studio = jobsPage()
        #expect(studio.effects.last == .fetch(.selection(.job("n0")), screen: 2))
        #expect(studio.press("j", "j", "j").isEmpty)
        #expect(studio.text.contains("│ quirky_sponge_n3"))
        studio.answer(.selection(.job("n0")), .selection(.job(Samples.content(.completed), failures: [])))
        #expect(studio.effects.last == .fetch(.selection(.job("n3")), screen: 2))
        studio.answer(.selection(.job("n3")), .selection(.job(Samples.content(.completed), failures: Samples.failures)))
        #expect(studio.text.contains("First failures"))
        #expect(studio.press("k", "j").isEmpty == false || studio.text.contains("First failures"))
    }

    @Test func `what was seen before is there at once, and asked for again when the workspace changes`() {
        var studio = jobsPage()
        let seen = Content.selection(.job(Samples.content(.completed), failures: Samples.failures))
        studio.answer(.selection(.job("n0")), seen)
        studio.press("j")
        studio.answer(.selection(.job("n1")), seen)
        #expect(studio.press("k").isEmpty)
        #expect(studio.text.contains("First failures"))
        let effects = studio.send(.message(.workspaceChanged(at: StudioBench.now)))
        #expect(effects.contains(.fetch(.selection(.job("n0")), screen: 2)))
        #expect(studio.text.contains("First failures"))
    }

    @Test func `p puts it below, away and back, and the session keeps it`() throws {
        var studio = jobsPage()
        #expect(studio.model.panePlacement == .right)
        let kept = studio.press("p")
        #expect(studio.model.panePlacement == .below)
        guard case .keep(let text?, key: Session.key)? = kept.first else {
            Issue.record("nothing kept: \(kept)")
            return
        }
        #expect(Session(text: text)?.pane == .below)
        studio.press("p")
        #expect(studio.model.panePlacement == .off)
        studio.press("2")
        #expect(studio.model.panePlacement == .off)
        studio.press("p")
        #expect(studio.model.panePlacement == .right)
    }

    @Test(arguments: [(99, 50, PanePlacement.off), (100, 39, .right), (139, 40, .below), (140, 40, .right)])
    func `stands where there is room`(width: Int, height: Int, placement: PanePlacement) {
        #expect(jobsPage(Size(width: width, height: height)).model.panePlacement == placement)
    }

    @Test func `says that a narrow window has no room`() {
        var studio = jobsPage(Size(width: 80, height: 24))
        studio.press("p")
        expectMessage(studio.messages.joined(separator: "\n"), "toast/no-preview")
    }

    @Test func `a failure is said in the pane, and not asked for again before something changes`() {
        var studio = jobsPage()
        let failure = Failure("open", text: "There is no job named 'n0'.")
        let missed = Message.missed(.selection(.job("n0")), screen: 2, failure, at: StudioBench.now)
        #expect(studio.send(.message(missed)).isEmpty)
        #expect(studio.text.contains("✗ There is no job named 'n0'."))
        #expect(studio.messages.isEmpty)
    }

    @Test func `a completed job shows in short what it predicted`() {
        var studio = jobsPage(Size(width: 120, height: 36))
        let content = PreviewContent.job(Samples.content(.completed), failures: [], profile: .sample)
        studio.answer(.selection(.job("n0")), .selection(content))
        #expect(studio.text.contains("Predictions"))
        #expect(studio.text.contains("class_1 39 %"))
        #expect(studio.text.contains("mean 0.5, 0 to 1"))
    }

    @Test func `an endpoint says which schedule starts its next job`() {
        func schedule(_ name: String, after seconds: Double?, isEnabled: Bool = true) -> Schedule {
            Schedule(
                name: name,
                trigger: .recurrence(Recurrence(.hour), ScheduleTrigger.Hours(start: Samples.ago(0))),
                job: Invocation(endpointName: "wine-growers", input: .local("/data")),
                isEnabled: isEnabled,
                nextAt: seconds.map { Samples.ago(-$0) },
                createdAt: Samples.ago(0),
                updatedAt: Samples.ago(0)
            )
        }
        var studio = StudioBench(size: Size(width: 140, height: 36))
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        studio.answerPreview(
            .endpoint(
                Samples.deployments,
                jobs: [],
                schedules: [
                    schedule("off", after: 60, isEnabled: false), schedule("late", after: 7200),
                    schedule("nightly", after: 3600), schedule("over", after: nil),
                ]
            )
        )
        #expect(studio.text.contains("Next schedule"))
        #expect(studio.text.contains("nightly, "))
        #expect(studio.text.contains(" and 3 more"))
        studio.send(.message(.workspaceChanged(at: StudioBench.now)))
        studio.answerPreview(.endpoint(Samples.deployments, jobs: []))
        #expect(!studio.text.contains("Next schedule"))
    }

    @Test func `scrolls by its own keys`() {
        var studio = jobsPage(Size(width: 120, height: 16))
        studio.answer(
            .selection(.job("n0")),
            .selection(.job(Samples.content(.completed), failures: Samples.failures))
        )
        #expect(studio.text.contains("│ ! 2 of 100 files failed"))
        studio.press("J")
        #expect(!studio.text.contains("│ ! 2 of 100 files failed"))
        studio.press("K")
        #expect(studio.text.contains("│ ! 2 of 100 files failed"))
    }
}
