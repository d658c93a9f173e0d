import BatchDomain
import Foundation
import Testing

struct ArrivalsTests {
    private static let start = Date(timeIntervalSince1970: 1_795_000_000)

    private static func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    /// A file of that name and version, changed so many seconds after the start.
    private static func file(
        _ name: String,
        _ version: Int = 0,
        changed: Double?,
        isComplete: Bool = false
    ) -> Arrivals.File {
        let file = InputFile(path: Array(name.utf8), size: version, modified: 0)
        return Arrivals.File(
            path: file.path,
            digest: FileDigest(of: file, in: []),
            modifiedAt: changed.map(at),
            isComplete: isComplete
        )
    }

    @Test func `A file is due when it stood still for settle and was collected for collect`() {
        var arrivals = Arrivals(ArrivalRule(settle: 10, collect: 60))
        let file = Self.file("a", changed: 0)
        #expect(arrivals.observe([file], at: Self.at(1)) == .later(Self.at(10)))
        #expect(arrivals.observe([file], at: Self.at(10)) == .later(Self.at(70)))
        #expect(arrivals.observe([file], at: Self.at(70)) == .due([file.digest]))
    }

    @Test func `A file that changes begins to stand still again`() {
        var arrivals = Arrivals(ArrivalRule(settle: 10, collect: 0))
        _ = arrivals.observe([Self.file("a", 1, changed: 0)], at: Self.at(1))
        // Its time is an old one: what counts is that it was another file before.
        let changed = Self.file("a", 2, changed: -100)
        #expect(arrivals.observe([changed], at: Self.at(9)) == .later(Self.at(19)))
        #expect(arrivals.observe([changed], at: Self.at(19)) == .due([changed.digest]))
    }

    @Test func `A file without a time stands still since it was first seen`() {
        var arrivals = Arrivals(ArrivalRule(settle: 10, collect: 0))
        let file = Self.file("a", changed: nil)
        #expect(arrivals.observe([file], at: Self.at(5)) == .later(Self.at(15)))
        #expect(arrivals.observe([file], at: Self.at(15)) == .due([file.digest]))
    }

    @Test func `Files that arrive within collect make one job, and those still written wait for the next`() {
        var arrivals = Arrivals(ArrivalRule(settle: 10, collect: 60))
        let (first, second) = (Self.file("a", changed: 0), Self.file("b", changed: 40))
        let late = Self.file("c", changed: 65)
        #expect(arrivals.observe([first], at: Self.at(10)) == .later(Self.at(70)))
        #expect(arrivals.observe([first, second], at: Self.at(41)) == .later(Self.at(50)))
        #expect(arrivals.observe([first, second, late], at: Self.at(70)) == .due([first.digest, second.digest]))
        #expect(arrivals.observe([late], at: Self.at(75)) == .later(Self.at(135)))
    }

    @Test func `A _SUCCESS ends the wait for settle`() {
        var arrivals = Arrivals(ArrivalRule(settle: 10, collect: 0))
        let file = Self.file("a", changed: 0, isComplete: true)
        #expect(arrivals.observe([file], at: Self.at(0)) == .due([file.digest]))
    }

    @Test func `A clock that is set back delays a file by settle and collect at most`() {
        var arrivals = Arrivals(ArrivalRule(settle: 10, collect: 60))
        let file = Self.file("a", changed: 0)
        _ = arrivals.observe([file], at: Self.at(10))
        #expect(arrivals.observe([file], at: Self.at(-7200)) == .later(Self.at(-7190)))
        #expect(arrivals.observe([file], at: Self.at(-7190)) == .later(Self.at(-7130)))
        #expect(arrivals.observe([file], at: Self.at(-7130)) == .due([file.digest]))
    }

    @Test func `Nothing waits where no file does`() {
        var arrivals = Arrivals(ArrivalRule())
        #expect(arrivals.observe([], at: Self.start) == Arrivals.Decision.none)
        _ = arrivals.observe([Self.file("a", changed: -100)], at: Self.at(0))
        // It is gone, and with it the time for which others were collected.
        #expect(arrivals.observe([], at: Self.at(30)) == Arrivals.Decision.none)
        #expect(arrivals.observe([Self.file("b", changed: -100)], at: Self.at(70)) == .later(Self.at(130)))
    }

    @Test(arguments: [("5m", 300), ("10s", 10), ("1h", 3600), ("90", 90), ("2 m", 120), ("0", 0)])
    func `A span is a number of seconds, minutes or hours`(_ text: String, _ seconds: Int) {
        #expect(SpanText.seconds(of: text) == seconds)
        #expect(SpanText.seconds(of: SpanText.text(seconds)) == seconds)
    }

    @Test(arguments: ["", "m", "-1", "1.5m", "5 min", "9999999999", "1d"])
    func `Another text is no span`(_ text: String) { #expect(SpanText.seconds(of: text) == nil) }

    @Test func `Spans out of their range are reported all at once`() {
        let problems = ArrivalRule(poll: 5, settle: 3601, collect: -1).problems()
        #expect(problems.map(\.field) == ["trigger.poll", "trigger.settle", "trigger.collect"])
        #expect(ArrivalRule(poll: 10, settle: 0, collect: 3600).problems().isEmpty)
    }
}
