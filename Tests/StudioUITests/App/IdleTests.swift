import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct `An idle screen` {
    @Test func `wakes for nothing but changes`() {
        var studio = StudioBench()
        studio.answer(.endpoints, .endpoints(Samples.endpoints))
        #expect(studio.model.tick == nil)
        #expect(studio.model.subscriptions == [.changes])
    }

    @Test func `has a tick while a job runs on it, none when the job has ended`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        #expect(studio.model.tick == .seconds(1))
        studio.answer(.job("five"), .job(Samples.content(.completed)))
        #expect(studio.model.tick == nil)
    }

    @Test func `follows a log only while it is shown`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        #expect(studio.model.subscriptions == [.changes])
        studio.press(.tab)
        #expect(studio.model.subscriptions == [.changes, .log(job: "five", attempt: 0)])
        studio.send(.message(.logMissing(job: "five")))
        studio.answer(.job("five"), .job(Samples.content()))
        #expect(studio.model.subscriptions == [.changes, .log(job: "five", attempt: 1)])
    }

    @Test func `lets a message go after its time`() {
        var studio = StudioBench()
        studio.send(.message(.noted("copied")))
        #expect(studio.text.contains("copied"))
        for _ in 0..<10 { studio.send(.tick(elapsed: .milliseconds(500))) }
        #expect(!studio.text.contains("copied"))
        #expect(studio.model.tick == nil)
    }
}
