import Foundation
import Testing

@testable import BatchDomain

struct CronExpressionTests {
    private func times(_ text: String, _ zone: String, after instant: String, _ count: Int = 3) throws -> [String] {
        let hours = ScheduleTrigger.Hours(timeZone: try Instant.zone(zone), start: .distantPast)
        let trigger = ScheduleTrigger.cron(try CronExpression(text), hours)
        return trigger.next(count, after: try Instant.of(instant)).map(Instant.text)
    }

    @Test func `A cron expression gives the times after an instant`() throws {
        #expect(
            try times("0 2 * * *", "UTC", after: "2026-11-30T02:00:00Z", 2)
                == ["2026-12-01T02:00:00Z", "2026-12-02T02:00:00Z"]
        )
        #expect(
            try times("*/20 8-9 * * mon-fri", "UTC", after: "2026-11-27T09:30:00Z", 2)
                == ["2026-11-27T09:40:00Z", "2026-11-30T08:00:00Z"]
        )
        #expect(try times("30 1 29 2 *", "UTC", after: "2027-01-01T00:00:00Z", 1) == ["2028-02-29T01:30:00Z"])
        #expect(try times("0 0 * * 7", "UTC", after: "2026-11-30T00:00:00Z", 1) == ["2026-12-06T00:00:00Z"])
    }

    @Test func `One of days and days of the week is enough where both are restricted`() throws {
        #expect(
            try times("0 0 13 * fri", "UTC", after: "2026-12-05T00:00:00Z")
                == ["2026-12-11T00:00:00Z", "2026-12-13T00:00:00Z", "2026-12-18T00:00:00Z"]
        )
    }

    @Test func `A time that clocks leave out comes once, right after`() throws {
        // 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
        #expect(
            try times("30 2 * * *", "Europe/Berlin", after: "2026-03-28T12:00:00Z", 2)
                == ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]
        )
        #expect(
            try times("0,20,40 2,3 * * *", "Europe/Berlin", after: "2026-03-28T12:00:00Z", 2)
                == ["2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z"]
        )
    }

    @Test func `A time that clocks show twice comes once`() throws {
        // 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
        #expect(
            try times("30 2 * * *", "Europe/Berlin", after: "2026-10-24T12:00:00Z", 2)
                == ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
        )
        #expect(
            try times("30 2 * * *", "Europe/Berlin", after: "2026-10-25T00:45:00Z", 1) == ["2026-10-26T01:30:00Z"]
        )
        // From within the second showing on.
        #expect(
            try times("30 2 * * *", "Europe/Berlin", after: "2026-10-25T01:10:00Z", 1) == ["2026-10-26T01:30:00Z"]
        )
    }

    @Test func `Times of every hour come in each hour that passes`() throws {
        #expect(
            try times("30 * * * *", "Europe/Berlin", after: "2026-10-24T23:45:00Z")
                == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"]
        )
        #expect(
            try times("30 * * * *", "Europe/Berlin", after: "2026-03-29T00:00:00Z")
                == ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"]
        )
    }

    @Test func `A problem names the field and what it takes`() {
        let error = #expect(throws: ValidationError.self) { try CronExpression("60 24 0 jam 8") }
        #expect(error?.problems.count == 5)
        #expect(
            error?.problems[1].description
                == "trigger.expression is '60 24 0 jam 8': it has '24' in its hours: "
                + "allowed are *, 0–23, ranges, lists and steps. Example: 0 2 * * *"
        )
        #expect(error?.problems[3].rule.contains("1–12 or jan–dec") == true)
        #expect(throws: ValidationError.self) { try CronExpression("0 2 * *") }
        #expect(throws: ValidationError.self) { try CronExpression("5-1 * * * *") }
        #expect(throws: ValidationError.self) { try CronExpression("*/0 * * * *") }
        #expect(throws: ValidationError.self) { try CronExpression("0 0 31 2,4 *") }
    }

    @Test(
        arguments: [
            ("0 2 * * *", "daily 02:00 UTC"), ("*/15 * * * *", "every 15 minutes UTC"),
            ("5 * * * *", "hourly at :05 UTC"),
            ("30 8,20 * * 1-5", "Mon–Fri 08:30, 20:30 UTC"), ("0 8 1 * *", "0 8 1 * * UTC"),
            ("0 9 * * 0,2", "Tue, Sun 09:00 UTC"),
        ]
    )
    func `A cron expression is shown in words`(_ text: String, _ words: String) throws {
        #expect(ScheduleTrigger.cron(try CronExpression(text), .init(start: .distantPast)).words == words)
    }
}
