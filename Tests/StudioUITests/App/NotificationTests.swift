import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `The end of a watched job` {
    /// A studio that has shown a running job and left it.
    private func watching(notifies: Bool = true) -> StudioBench {
        var studio = StudioBench()
        if !notifies { studio.model.setNotifies(false) }
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        studio.press(.escape)
        return studio
    }

    private func end(_ studio: inout StudioBench) -> [Effect] {
        let asked = studio.send(.message(.workspaceChanged(at: StudioBench.now)))
        #expect(asked.contains(.fetch(.jobsNamed(["five"]), screen: 0)))
        let ended = Content.jobsNamed([Samples.overview("five", .completed)])
        return studio.send(.message(.fetched(.jobsNamed(["five"]), screen: 0, ended, at: StudioBench.now)))
    }

    @Test func `is reported once, in the message line and to the terminal`() {
        var studio = watching()
        let effects = end(&studio)
        #expect(effects.contains { if case .notify(let text) = $0 { text.contains("five") } else { false } })
        #expect(studio.messages.first?.contains("2 of 100 files failed") == true)
        #expect(studio.model.watchedJobs.isEmpty)
        let next = studio.send(.message(.workspaceChanged(at: StudioBench.now)))
        #expect(!next.contains(.fetch(.jobsNamed(["five"]), screen: 0)))
    }

    @Test func `is not reported to the terminal where the user has turned that off`() {
        var studio = watching(notifies: false)
        #expect(!end(&studio).contains { if case .notify = $0 { true } else { false } })
        #expect(!studio.messages.isEmpty)
    }

    @Test func `is not reported to who looks at it, unless the window is in the background`() {
        for isInFront in [true, false] {
            var studio = watching()
            studio.open(.job("five"))
            studio.send(.event(.focus(isInFront)))
            let isReported = end(&studio).contains { if case .notify = $0 { true } else { false } }
            #expect(isReported == !isInFront)
        }
    }

    @Test func `a job that is being canceled is not watched`() {
        var studio = watching()
        studio.send(
            .message(
                .performed(
                    .cancelJob("five"),
                    screen: 9,
                    .job(Samples.content(.cancelRequested).job),
                    at: StudioBench.now
                )
            )
        )
        #expect(studio.model.watchedJobs.isEmpty)
    }

    @Test func `is turned off and on by the palette's command`() {
        var studio = StudioBench()
        studio.press(":")
        for letter in "report ended" { studio.press(.character(letter)) }
        #expect(studio.press(.enter).contains(.chooseNotifications(false)))
    }
}
