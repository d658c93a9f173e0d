import BatchDomain
import TerminalKit
import TestSupport

@testable import StudioUI

extension Samples {
    /// A job whose predictions are far from those of the baseline `monday`.
    static let drift: Drift = {
        var profile = Profile.sample
        profile.columns[0] = ColumnProfile(
            classes: ["class_1": 40, "class_2": 37, "class_3": 2],
            named: "prediction",
            missing: 10
        )
        profile.columns[1] = ColumnProfile(numbers: (0..<89).map { Double($0) / 80 }, named: "confidence")
        return Drift(of: profile, from: .sample, named: "monday")
    }()

    /// Twelve jobs of an endpoint: one failed, the last two drift.
    static let trends = EndpointTrends(
        runs: (0..<12).map { index in
            var counts = JobCounts()
            counts.failedFiles = [0, 0, 3, 0, 0, 0, 120, 0, 0, 1, 0, 0][index]
            counts.files = 400
            let drift: ColumnDrift.Level = index < 10 ? .none : index == 10 ? .note : .warning
            let share = 0.28 + Double(max(0, index - 8)) * 0.05
            let columns = [
                ProfileSummary.Column(
                    name: "prediction",
                    classes: [
                        Drift.Column.Class("class_1", 0.4), Drift.Column.Class("class_2", share),
                        Drift.Column.Class("class_0", 0.6 - share),
                    ]
                ),
                ProfileSummary.Column(name: "confidence", mean: 0.8 - Double(index) / 100, deviation: 0.12),
            ]
            return EndpointTrends.Run(
                name: "run-\(index)",
                status: JobStatus(index == 6 ? .failed : .completed, counts, drift: drift),
                endedAt: ago(Double(12 - index) * 86_400),
                seconds: 40 + Double(index * 7 % 11),
                rows: index == 6 ? 120 : 4000 + index * 90,
                summary: index == 6 ? nil : ProfileSummary(columns: columns)
            )
        }
    )
}

extension StudioBench {
    /// Opens a completed job that drifts from the baseline.
    mutating func openDriftedJob() {
        var content = Samples.content(.completed)
        content.job.drift = Samples.drift
        open(.job("five"))
        answer(.job("five"), .job(content))
        answer(Self.resultQuery, .results(Samples.results()))
        answer(.profile(job: "five"), .profile(.sample))
    }

    /// Opens the trends of an endpoint.
    mutating func openTrends(_ trends: EndpointTrends) {
        open(.endpoint("wine-growers"))
        answer(.endpoint("wine-growers"), .endpoint(Samples.endpoint, Samples.deployments))
        press(.backTab)
        answer(.trends(endpoint: "wine-growers"), .trends(trends))
    }
}
