import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

/// The Log tab of a job.
struct JobLogTests {
    private static func studio(_ window: JobLogWindow = Samples.window(Samples.logLines)) -> StudioBench {
        var studio = StudioBench()
        studio.open(.job("five"))
        studio.answer(.job("five"), .job(Samples.content()))
        studio.press(.tab)
        studio.answer(window)
        return studio
    }

    private static func request(_ effects: [Effect]) -> JobLogRequest? {
        for case .fetch(.jobLog(let request), _) in effects { return request }
        return nil
    }

    @Test func `reads the end again when the log has grown, only while it follows`() {
        var studio = Self.studio()
        #expect(Self.request(studio.send(.message(.logGrew(job: "five"))))?.anchor == .end)
        studio.answer(Samples.window(Samples.logLines))
        studio.press(.pageUp)
        #expect(Self.request(studio.send(.message(.logGrew(job: "five")))) == nil)
        #expect(Self.request(studio.press(.end))?.anchor == .end)
    }

    @Test func `keeps its place when another window comes`() {
        let lines = (0..<1000).map { Samples.line($0, "line \($0).") }
        var studio = Self.studio(Samples.window(lines, isStart: false))
        studio.press(.home)
        let shown = (0..<4).map { _ in Self.request(studio.press(.down)) }
        let request = shown.last.flatMap { $0 }
        #expect(request?.anchor == .line(lines[4].place))
        guard let request else { return }
        let earlier = (-500..<500).map { Samples.line($0, "line \($0).") }
        studio.answer(.jobLog(request), .jobLog(request, Samples.window(earlier, anchor: 504, isEnd: false)))
        #expect(studio.text.split(separator: "\n").first { $0.contains("line") }?.contains("line 4.") == true)
    }

    @Test func `filters by worker, level and text, and says so`() {
        var studio = Self.studio()
        studio.press("s")
        for letter in "worker 2" { studio.press(.character(letter)) }
        var request = Self.request(studio.press(.enter))
        #expect(request?.filter.sources == .worker(2) && request?.anchor == .end)
        studio.answer(Samples.window([]))
        #expect(studio.text.contains("worker 2 only"))
        #expect(studio.text.contains("Worker 2 has printed nothing"))
        request = Self.request(studio.press("v"))
        #expect(request?.filter.level == .warning && request?.filter.sources == .worker(2))
        studio.answer(Samples.window([]))
        studio.press("/", "b", .enter)
        request = Self.request(studio.press("&"))
        #expect(request?.filter.text == "b")
        request = Self.request(studio.press("&"))
        #expect(request?.filter.text.isEmpty == true)
    }

    @Test func `an answer to an older filter is dropped`() {
        var studio = Self.studio()
        let old = JobLogRequest(job: "five", anchor: .end, filter: JobLogFilter())
        studio.press("v")
        studio.answer(.jobLog(old), .jobLog(old, Samples.window([Samples.line(0, "old news")])))
        #expect(!studio.text.contains("old news"))
    }

    @Test func `a line that was found is forgotten when the log is followed`() {
        let lines = (0..<500).map { Samples.line($0, $0 == 480 ? "an error" : "line \($0)") }
        var studio = Self.studio(Samples.window(lines))
        studio.press("/", "e", "r", "r", "o", "r", .enter, "f")
        studio.answer(Samples.window(Array(lines.suffix(20))))
        studio.answer(Samples.window(Array(lines.suffix(20)) + [Samples.line(500, "the end")]))
        #expect(studio.text.contains("the end"))
    }

    @Test func `a line that was found stays found when the log grows below it`() {
        let lines = (0..<500).map { Samples.line($0, $0 == 499 ? "an error" : "line \($0)") }
        var studio = Self.studio(Samples.window(lines))
        studio.press("/", "e", "r", "r", "o", "r", .enter, .pageDown)
        studio.answer(Samples.window(Array(lines.suffix(20))))
        studio.answer(Samples.window(Array(lines.suffix(20)) + [Samples.line(500, "the end")]))
        #expect(studio.text.contains("an error"))
    }

    @Test func `what is found after the search was given up is not shown`() {
        var studio = Self.studio(Samples.window(Samples.logLines, isStart: false))
        studio.press("/", "z", "q")
        let request = Self.request(studio.press(.enter))
        #expect(studio.press("n").isEmpty)
        studio.press(.escape)
        let before = studio.text
        guard let request else { return }
        let found = [Samples.line(-2, "before"), Samples.line(-1, "a zq")]
        studio.answer(.jobLog(request), .jobLog(request, Samples.window(found, anchor: 1)))
        #expect(studio.text == before)
    }

    @Test func `searches beyond its window`() {
        var studio = Self.studio(Samples.window(Samples.logLines, isStart: false))
        studio.press("/", "z", "q")
        let request = Self.request(studio.press(.enter))
        #expect(request?.anchor == .match("zq", from: Samples.logLines[0].place, isBackward: true))
        #expect(studio.text.contains("searching for"))
        guard let request else { return }
        var missing = Samples.window(Samples.logLines)
        missing.isFound = false
        studio.answer(.jobLog(request), .jobLog(request, missing))
        #expect(studio.text.contains("no match"))
        #expect(Self.request(studio.press("n")) == request)
        let found = [Samples.line(-2, "before"), Samples.line(-1, "a zq")]
        studio.answer(.jobLog(request), .jobLog(request, Samples.window(found, anchor: 1)))
        #expect(studio.text.contains("a zq"))
    }
}
