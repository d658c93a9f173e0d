import FoundationEssentials
import Testing

@testable import StudioUI

struct Dates {
    @Test(arguments: [
        (0.0, "1970-01-01 00:00:00"), (951_782_400, "2000-02-29 00:00:00"), (1_795_355_880, "2026-11-22 13:58:00"),
        (-1, "1969-12-31 23:59:59"),
    ])
    func `dates follow the calendar`(seconds: Double, text: String) {
        #expect(LocalTime.utc.full(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `the clock is that of the user's time zone`() {
        let time = LocalTime { _ in 5400 }
        let date = Date(timeIntervalSince1970: 1_795_355_880)
        #expect(time.short(date, now: date) == "Nov 22 15:28")
    }
}
