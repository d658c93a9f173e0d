import BatchDomain
import TerminalKit
import TerminalTestSupport
import Testing

@testable import StudioUI

extension StudioBench {
    /// Opens the home page with this on it.
    mutating func openHome(_ content: HomeContent) {
        _ = model.open(.home)
        answer(.home, .home(content))
        answer(.diskUse, .diskUse(Samples.disk))
    }
}

struct `The home page` {
    private func studio(_ content: HomeContent, size: Size = Size(width: 120, height: 36)) -> StudioBench {
        var studio = StudioBench(size: size)
        studio.openHome(content)
        return studio
    }

    @Test func `names the first steps of a new workspace, each one key`() {
        let keys: [(Key, String)] = [("m", "Register model"), ("c", "Create batch endpoint")]
        for (key, title) in keys {
            var studio = studio(Samples.newHome)
            studio.press(key)
            #expect(studio.way == ["Home", title])
        }
    }

    @Test func `says what a job needs while there is no deployment`() {
        var studio = studio(Samples.newHome)
        studio.press("i")
        #expect(studio.way == ["Home"])
        #expect(studio.messages.first?.contains("press c") == true)
    }

    @Test func `begins at the step that is next`() {
        var studio = studio(Samples.halfHome)
        studio.press(.enter)
        #expect(studio.way.last?.contains("job") == true)
    }

    @Test func `sets up the sample with one key, only while there is no model`() {
        var fresh = studio(Samples.newHome)
        #expect(
            fresh.press("s").contains { effect in
                if case .perform(.createSample, _) = effect { true } else { false }
            }
        )
        var used = studio(Samples.home)
        used.press("s")
        #expect(used.messages.first?.contains("model already") == true)
    }

    @Test func `enter opens jobs and endpoints, and letters act on the selected row`() {
        var studio = studio(Samples.home)
        studio.press(.enter)
        #expect(studio.way.last == "five")
        studio.press(.escape, "G", .enter)
        #expect(studio.way.last == "taxi-tips")
        studio.press(.escape, "g", "x")
        #expect(studio.text.contains("Cancel"))
    }

    @Test func `a click selects a row, a second one opens it`() throws {
        var studio = studio(Samples.home)
        let row = try #require(
            studio.text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("taxi-tips") }
        )
        studio.send(.event(.click(x: 10, y: row)))
        #expect(studio.way == ["Home"])
        studio.send(.event(.click(x: 10, y: row)))
        #expect(studio.way == ["Home", "taxi-tips"])
    }

    @Test func `the selected row is seen in a low window`() {
        var studio = studio(Samples.home, size: Size(width: 60, height: 12))
        studio.press("G")
        #expect(studio.text.contains("▸ taxi-tips"))
        studio.press("g")
        #expect(studio.text.contains("Running"))
    }

    @Test func `does not move while nothing runs`() {
        #expect(studio(Samples.halfHome).model.tick == nil)
        #expect(studio(Samples.home).model.tick != nil)
    }
}
