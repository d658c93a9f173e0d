import Foundation
import TestSupport
import Testing

@testable import BatchDomain

struct CroniterTests {
    /// 10,000 with `CRON_CASES=10000`, which croniter takes some minutes for.
    @Test func `Random expressions have the times that croniter gives, in zones with all kinds of changes`() throws {
        let count = ProcessInfo.processInfo.environment["CRON_CASES"] ?? "400"
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "croniter_cases.py").path
        let python = try pythonInterpreter(with: ["croniter", "tzdata"])
        let printed = String(decoding: try runProgram(python, [script, count, "22"]), as: UTF8.self)
        let lines = printed.split(separator: "\n")
        #expect(String(lines.count) == count)
        for line in lines {
            let fields = line.split(separator: "\t").map(String.init)
            let expected = fields[3...].compactMap(Double.init)
            let hours = ScheduleTrigger.Hours(timeZone: try Instant.zone(fields[1]), start: .distantPast)
            let trigger = ScheduleTrigger.cron(try CronExpression(fields[0]), hours)
            let after = Date(timeIntervalSince1970: try #require(Double(fields[2])))
            let found = trigger.next(expected.count, after: after).map(\.timeIntervalSince1970)
            #expect(found == expected, "\(line)")
        }
    }
}
