import BatchDomain
import TerminalKit
import TestSupport
import Testing

@testable import StudioUI

struct `Two jobs compared` {
    @Test func `are opened from the two that are marked, and say how they differ`() {
        var studio = StudioBench()
        studio.press("6")
        studio.answer(.jobs(JobListing()), .jobs(JobListing(), JobSlice(total: 5, offset: 0, jobs: Samples.overviews)))
        studio.press("=")
        #expect(studio.messages == ["Mark two jobs with space to compare them."])
        studio.dismissToasts()
        studio.press(.space, .space, "=")
        guard case .comparison(let first, let second)? = studio.model.page?.route else {
            Issue.record("not opened: \(studio.way)")
            return
        }
        #expect(Set([first, second]) == ["five", "four"])
        studio.answer(.comparison(first: first, second: second), .comparison(Samples.comparison))
        for text in [
            "2 of 3 rows changed (66.67 %)", "PSI from 0.1 on", "warning", "class_0", "a.csv", "class_1 → class_2",
        ] {
            #expect(studio.text.contains(text), "\(text)")
        }
    }
}

extension Samples {
    /// Two jobs of which the second has another class.
    static var comparison: JobComparison {
        var rows = RowComparison(columns: ["prediction"])
        rows.join(row: 0, file: "a.csv", ["class_0"], ["class_0"])
        rows.join(row: 1, file: "a.csv", ["class_1"], ["class_2"])
        rows.join(row: 0, file: "b.csv", ["class_1"], ["class_0"])
        let first = ColumnProfile(classes: ["class_1": 2, "class_0": 1], named: "prediction")
        let second = ColumnProfile(classes: ["class_0": 2, "class_2": 1], named: "prediction")
        return JobComparison(
            first: "four",
            second: "five",
            isSameInput: true,
            drifts: [ColumnDrift(from: first, to: second)],
            rows: rows
        )
    }
}
