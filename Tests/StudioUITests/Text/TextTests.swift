import FoundationEssentials
import Testing

@testable import StudioUI

struct `Figures and dates` {
    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-4321, "-4,321")])
    func `counts have their thousands apart`(number: Int, text: String) {
        #expect(Figures.count(number) == text)
    }

    @Test(arguments: [
        (0.84, "0.8 s"), (42, "42 s"), (125, "2 m 05 s"), (3780, "1 h 03 m"), (273_600, "3 d 4 h"), (-1, "–"),
        (Double.infinity, "–"),
    ])
    func `durations are as exact as it matters`(seconds: Double, text: String) {
        #expect(Figures.duration(seconds) == text)
    }

    @Test(arguments: [(812, "812 B"), (1000, "1 kB"), (1_400_000, "1.4 MB"), (181_000_000, "181 MB")])
    func `sizes have three digits at most`(bytes: Int, text: String) {
        #expect(Figures.bytes(bytes) == text)
    }

    @Test(arguments: [(0.999, "99 %"), (1, "100 %"), (0, "0 %")])
    func `nothing is done before it is`(fraction: Double, text: String) {
        #expect(Figures.percent(fraction) == text)
    }

    @Test(arguments: [
        (0.0, "1970-01-01 00:00:00"), (951_782_400, "2000-02-29 00:00:00"), (1_795_355_880, "2026-11-22 13:58:00"),
        (-1, "1969-12-31 23:59:59"),
    ])
    func `dates follow the calendar`(seconds: Double, text: String) {
        #expect(LocalTime.utc.full(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `the clock on the wall is where the person is`() {
        let time = LocalTime { _ in 5400 }
        let date = Date(timeIntervalSince1970: 1_795_355_880)
        #expect(time.short(date, now: date) == "Nov 22 15:28")
    }
}
