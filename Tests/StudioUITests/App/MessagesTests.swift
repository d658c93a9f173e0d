import TerminalKit
import Testing

@testable import StudioUI

struct `Messages` {
    private let failure = Failure("delete endpoint wine-growers", text: "Job five is running.")

    @Test func `stay on the page on which they came`() {
        var studio = StudioBench()
        studio.send(.message(.failed(failure, at: StudioBench.now)))
        studio.press("j")
        #expect(studio.messages == [failure.text])
        studio.press("2")
        #expect(studio.messages.isEmpty)
    }

    @Test func `of progress do not replace an error that may not have been read`() {
        var studio = StudioBench()
        studio.send(.message(.failed(failure, at: StudioBench.now)))
        studio.send(.message(.noted("Copying the model.")))
        #expect(studio.messages == [failure.text])
        #expect(studio.model.history.entries.last?.text == "Copying the model.")
        studio.press("j")
        studio.send(.message(.noted("Copying the model.")))
        #expect(studio.messages == ["Copying the model."])
    }

    @Test func `are kept in the history, the newest first`() {
        var studio = StudioBench()
        studio.send(.message(.failed(failure, at: StudioBench.now)))
        studio.send(.message(.noted("This workspace is read-only.")))
        studio.press("!")
        #expect(studio.way.last == "Messages")
        let places = ["This workspace is read-only.", failure.text].map { studio.text.firstRange(of: $0)?.lowerBound }
        #expect(places[0] != nil && places[1] != nil)
        if let first = places[0], let second = places[1] { #expect(first < second) }
    }

    @Test func `do not come for esc on a first page`() {
        var studio = StudioBench()
        #expect(studio.press(.escape).isEmpty)
        #expect(studio.messages.isEmpty)
    }
}
