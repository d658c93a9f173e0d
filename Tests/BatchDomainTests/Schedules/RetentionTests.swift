import BatchDomain
import Foundation
import Testing

struct RetentionTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)

    /// Jobs that ended so many days ago, the newest first; nil runs.
    private static func jobs(_ days: Double?...) -> [(name: String, endedAt: Date?)] {
        days.enumerated().map { ("job-\($0)", $1.map { now.addingTimeInterval(-$0 * 86_400) }) }
    }

    @Test func `Jobs beyond the number go, but none that runs`() {
        let keep = Retention(runs: 2)
        #expect(keep.expired(Self.jobs(0, 1, 2, nil, 4), at: Self.now) == ["job-2", "job-4"])
    }

    @Test func `Jobs that ended too long ago go`() {
        let keep = Retention(days: 3)
        #expect(keep.expired(Self.jobs(nil, 3, 3.01, 9), at: Self.now) == ["job-2", "job-3"])
    }

    @Test func `Either limit is enough`() {
        let keep = Retention(runs: 3, days: 5)
        #expect(keep.expired(Self.jobs(1, 6, 2, 3), at: Self.now) == ["job-1", "job-3"])
    }

    @Test(arguments: [(Retention(), ["keep"]), (Retention(runs: 0, days: -1), ["keep.runs", "keep.days"])])
    func `A rule without a limit, and limits of nothing, are refused`(_ keep: Retention, _ fields: [String]) {
        #expect(keep.problems().map(\.field) == fields)
    }
}
