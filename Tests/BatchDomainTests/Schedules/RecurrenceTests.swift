import Foundation
import Testing

@testable import BatchDomain

struct RecurrenceTests {
    private func times(
        _ recurrence: Recurrence,
        from start: String,
        after instant: String,
        in zone: String = "UTC",
        until end: String? = nil,
        _ count: Int = 3
    ) throws -> [String] {
        let hours = ScheduleTrigger.Hours(
            timeZone: try Instant.zone(zone),
            start: try Instant.of(start),
            end: try end.map(Instant.of)
        )
        let trigger = ScheduleTrigger.recurrence(recurrence, hours)
        #expect(trigger.problems().isEmpty)
        return trigger.next(count, after: try Instant.of(instant)).map(Instant.text)
    }

    @Test func `A recurrence of minutes and hours passes from the start`() throws {
        #expect(
            try times(Recurrence(.minute, interval: 90), from: "2026-11-30T10:00:00Z", after: "2026-11-30T11:00:00Z", 2)
                == ["2026-11-30T11:30:00Z", "2026-11-30T13:00:00Z"]
        )
        #expect(
            try times(Recurrence(.hour, interval: 6), from: "2026-12-01T10:00:00Z", after: "2026-11-30T11:00:00Z", 2)
                == ["2026-12-01T10:00:00Z", "2026-12-01T16:00:00Z"]
        )
    }

    @Test func `A recurrence of days keeps the time on the wall`() throws {
        #expect(
            try times(
                Recurrence(.day, interval: 2),
                from: "2026-10-24T06:00:00Z",
                after: "2026-10-24T06:00:00Z",
                in: "W. Europe Standard Time",
                2
            ) == ["2026-10-26T07:00:00Z", "2026-10-28T07:00:00Z"]
        )
        let pattern = Recurrence.Pattern(hours: [22, 4], minutes: [30, 0])
        #expect(
            try times(
                Recurrence(.day, pattern: pattern),
                from: "2026-11-30T12:00:00Z",
                after: "2026-11-30T00:00:00Z",
                4
            )
                == ["2026-11-30T22:00:00Z", "2026-11-30T22:30:00Z", "2026-12-01T04:00:00Z", "2026-12-01T04:30:00Z"]
        )
    }

    @Test func `A recurrence of weeks counts them from Monday`() throws {
        let pattern = Recurrence.Pattern(hours: [8], weekDays: [1, 0])
        // The start is a Wednesday: its week's Sunday counts, its Monday has passed.
        #expect(
            try times(
                Recurrence(.week, interval: 2, pattern: pattern),
                from: "2026-12-02T00:00:00Z",
                after: "2026-12-01T00:00:00Z"
            ) == ["2026-12-06T08:00:00Z", "2026-12-14T08:00:00Z", "2026-12-20T08:00:00Z"]
        )
    }

    @Test func `A recurrence of months leaves out those without the day`() throws {
        #expect(
            try times(
                Recurrence(.month, pattern: .init(hours: [0], monthDays: [31])),
                from: "2026-11-30T00:00:00Z",
                after: "2026-11-30T00:00:00Z",
                2
            ) == ["2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z"]
        )
        #expect(
            try times(Recurrence(.month, interval: 3), from: "2026-11-15T09:05:00Z", after: "2026-11-30T00:00:00Z", 1)
                == ["2027-02-15T09:05:00Z"]
        )
    }

    @Test func `A recurrence ends`() throws {
        #expect(
            try times(
                Recurrence(.day),
                from: "2026-11-30T00:00:00Z",
                after: "2026-11-30T12:00:00Z",
                until: "2026-12-02T00:00:00Z"
            ) == ["2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"]
        )
    }

    @Test func `All wrong values are named`() {
        let pattern = Recurrence.Pattern(hours: [24], minutes: [-1], weekDays: [1], monthDays: [40])
        let problems = Recurrence(.day, interval: 0, pattern: pattern).problems()
        #expect(
            problems.map(\.field) == [
                "trigger.interval", "trigger.schedule.hours", "trigger.schedule.minutes", "trigger.schedule.week_days",
                "trigger.schedule.month_days", "trigger.schedule.month_days", "trigger.schedule.month_days",
            ]
        )
        #expect(
            Recurrence(.hour, pattern: .init(hours: [2])).problems().map(\.rule)
                == ["needs the frequency day or week or month, not hour"]
        )
    }

    @Test func `A recurrence is shown in words`() {
        #expect(Recurrence(.day, pattern: .init(hours: [2])).words == "daily 02:00")
        #expect(
            Recurrence(.week, interval: 2, pattern: .init(hours: [8, 20], weekDays: [1, 5])).words
                == "every 2 weeks Mon, Fri 08:00, 20:00"
        )
        #expect(
            Recurrence(.month, pattern: .init(hours: [6], minutes: [30], monthDays: [15, 1])).words
                == "monthly on 1, 15 06:30"
        )
        #expect(Recurrence(.minute, interval: 10).words == "every 10 minutes")
    }

    @Test(
        arguments: [
            (Recurrence(.day), "daily 14:05 UTC"), (Recurrence(.day, pattern: .init(hours: [2])), "daily 02:00 UTC"),
            (Recurrence(.day, pattern: .init(minutes: [30])), "daily 14:30 UTC"),
            (Recurrence(.week), "Tue 14:05 UTC"), (Recurrence(.week, interval: 2), "every 2 weeks Tue 14:05 UTC"),
            (Recurrence(.month), "monthly on 1 14:05 UTC"),
            (Recurrence(.month, pattern: .init(weekDays: [5])), "monthly Fri 14:05 UTC"),
            (Recurrence(.hour), "hourly UTC"),
        ]
    )
    func `What a recurrence takes from its start is in its words too`(_ recurrence: Recurrence, _ words: String) {
        // Tuesday, 1 December 2026.
        let start = Date(timeIntervalSince1970: 1_796_133_900)
        #expect(ScheduleTrigger.recurrence(recurrence, .init(start: start)).words == words)
    }

    @Test func `A trigger starts at another time`() throws {
        let start = Date(timeIntervalSince1970: 1_796_133_900)
        let hours = ScheduleTrigger.Hours(start: .distantPast)
        let recurrence = ScheduleTrigger.recurrence(Recurrence(.hour), hours).starting(at: start)
        #expect(recurrence.next(2, after: .distantPast) == [start, start.addingTimeInterval(3600)])
        let cron = ScheduleTrigger.cron(try CronExpression("0 * * * *"), hours).starting(at: start)
        #expect(cron.next(after: .distantPast) == start.addingTimeInterval(55 * 60))
    }
}
