import BatchDomain
import Foundation
import TestSupport
import Testing

/// The expected figures are NumPy's and SciPy's, of the same values: `A = [((i * 7919) % 1009) / 100.0 - 3.0 for i in range(1000)]`
/// and `B = [((i * 104729) % 997) / 90.0 - 2.5 for i in range(800)]`.
struct ProfileTests {
    private static let first = (0..<1000).map { Double(($0 * 7919) % 1009) / 100 - 3 }
    private static let second = (0..<800).map { Double(($0 * 104_729) % 997) / 90 - 2.5 }

    @Test func `A profile's file is read and written as the workers have it`() throws {
        let text = """
            {"version": 1, "rows": 5, "mini_batches": 2, "made": "scoring", "columns": [
              {"name": "prediction", "count": 4, "missing": 1, "kinds": {"number": 4}, "distinct": 2,
               "values": [["6", 3], ["-2.5", 1]],
               "numbers": {"count": 4, "infinite": [0, 0], "zeros": 0, "integers": false, "min": -2.5, "max": 6.0,
                 "mean": 3.875, "deviation": 3.68, "quantiles": [[0.5, 6.0]], "error": 0.0004,
                 "histogram": {"low": -2.5, "high": 6.0, "counts": [1, 0, 3]},
                 "bins": {"shift": 42, "negative": [[1049856, 1]], "positive": [[1050112, 3]]}}},
              {"name": "note", "count": 5, "missing": 0, "kinds": {"text": 5}, "distinct": null, "values": [],
               "lengths": {"min": 1, "max": 300, "mean": 20.5}}]}
            """
        let profile = try JSONDecoder().decode(Profile.self, from: Data(text.utf8))
        let column = try #require(profile.column("prediction"))
        #expect(column.share(of: "6") == 0.6 && column.missingShare == 0.2 && column.isClasses)
        #expect(column.numbers?.quantile(0) == -2.5 && column.numbers?.quantile(1) == 6)
        #expect(profile.column("note")?.distinct == nil && profile.column("note")?.lengths?.max == 300)
        #expect(try JSONDecoder().decode(Profile.self, from: JSONEncoder().encode(profile)) == profile)
    }

    @Test(arguments: [
        #"{"shift": 63, "negative": [], "positive": []}"#, #"{"shift": -1, "negative": [], "positive": []}"#,
        #"{"shift": 42, "negative": [], "positive": [[9223372036854775807, 1]]}"#,
        #"{"shift": 42, "negative": [[-1, 1]], "positive": []}"#,
        #"{"shift": 42, "negative": [[1, -1]], "positive": []}"#,
    ])
    func `Bins that no number has are refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Bins.self, from: Data(text.utf8)) }
    }

    // numpy.quantile(A, q, method="lower")
    @Test(arguments: [(0.01, -2.91), (0.25, -0.48), (0.5, 2.05), (0.75, 4.56), (0.99, 6.98)])
    func `Quantiles are NumPy's within half a bin`(share: Double, value: Double) throws {
        for shift in [42, 47] {
            let numbers = try #require(ColumnProfile(numbers: Self.first, named: "a", shift: shift).numbers)
            let quantile = try #require(numbers.quantile(share))
            #expect(abs(quantile - value) <= abs(value) * numbers.bins.relativeWidth / 2 + 1e-12)
        }
    }

    @Test func `Infinities are the first and the last quantiles`() throws {
        let numbers = try #require(
            ColumnProfile(numbers: [-.infinity, -3, 0, 0, 5, .infinity], named: "a").numbers
        )
        let quantiles = [0, 0.2, 0.5, 0.8, 1].map { numbers.quantile($0) }
        #expect(quantiles[0] == -.infinity && quantiles[2] == 0 && quantiles[4] == .infinity)
        #expect(try #require(quantiles[1]) == -3 && #require(quantiles[3]) == 5)
        #expect(ColumnProfile(numbers: [], named: "a").numbers?.quantile(0.5) == nil)
    }

    @Test func `Bins of a greater shift are those that the same values have there`() throws {
        let fine = try #require(ColumnProfile(numbers: Self.first, named: "a", shift: 42).numbers?.bins)
        let coarse = try #require(ColumnProfile(numbers: Self.first, named: "a", shift: 47).numbers?.bins)
        #expect(fine.coarsened(to: 47) == coarse && coarse.coarsened(to: 42) == coarse)
        #expect(
            coarse.lowerBound(of: coarse.positive[0].key) <= 0.01
                && coarse.upperBound(of: coarse.positive[0].key) > 0.01
        )
    }

    // Deciles by numpy.quantile(bins of A, k / 10, method="inverted_cdf"), counts by numpy.histogram, sum((pb - pa) * log(pb / pa)).
    @Test(arguments: [(42, 42, 0.14378612326322304), (47, 47, 0.1493392682439071), (42, 47, 0.1493392682439071)])
    func `PSI of numbers is NumPy's over the same deciles`(one: Int, other: Int, index: Double) throws {
        let drift = ColumnDrift(
            from: ColumnProfile(numbers: Self.first, named: "a", shift: one),
            to: ColumnProfile(numbers: Self.second, named: "a", shift: other)
        )
        #expect(abs(try #require(drift.index) - index) < 1e-12 && drift.level == .note)
    }

    // The same with pa = [35, 29, 25, 0, 11] / 100 and pb = [20, 29, 41, 5, 5] / 100, at least 1e-4.
    @Test func `PSI of classes counts new ones and missing values`() throws {
        let drift = ColumnDrift(
            from: ColumnProfile(classes: ["a": 35, "b": 29, "c": 25], named: "p", missing: 11),
            to: ColumnProfile(classes: ["c": 41, "b": 29, "a": 20, "d": 5], named: "p", missing: 5)
        )
        #expect(abs(try #require(drift.index) - 0.520510152617214) < 1e-12)
        #expect(drift.newClasses == ["d"] && drift.vanishedClasses.isEmpty && drift.distance == nil)
        #expect(abs(drift.missingDifference + 0.06) < 1e-12 && drift.level == .warning)
    }

    // scipy.stats.ks_2samp(A, B).statistic
    @Test func `The Kolmogorov–Smirnov statistic is SciPy's within its bound`() throws {
        let known = ColumnDrift(
            from: ColumnProfile(numbers: Self.first, named: "a"),
            to: ColumnProfile(numbers: Self.second, named: "a")
        )
        let exact = try #require(known.distance)
        #expect(abs(exact.statistic - 0.13325) < 1e-12 && exact.bound == 0)
        var (first, second) = (
            ColumnProfile(numbers: Self.first, named: "a", shift: 47),
            ColumnProfile(numbers: Self.second, named: "a", shift: 47)
        )
        (first.distinct, first.values, second.distinct, second.values) = (nil, [], nil, [])
        let binned = try #require(ColumnDrift(from: first, to: second).distance)
        #expect(binned.statistic <= 0.13325 + 1e-12 && binned.statistic + binned.bound >= 0.13325 - 1e-12)
        #expect(binned.statistic > 0.12 && binned.bound < 0.03)
    }

    @Test func `A profile does not differ from itself`() {
        for column in Profile.sample.columns {
            let drift = ColumnDrift(from: column, to: column)
            #expect(drift.index == 0 && drift.level == .none && drift.distance?.statistic ?? 0 == 0)
        }
    }

    @Test(arguments: [
        (0.0, "0"), (3, "3"), (-12_345, "-12345"), (0.48333, "0.4833"), (5.8779, "5.878"), (123.456, "123.5"),
        (-0.5, "-0.5"), (9.9999, "10"), (1.5e12, "1.5e12"), (0.000012345, "1.235e-5"), (.infinity, "inf"),
    ])
    func `A number is shown with four significant digits`(number: Double, text: String) {
        #expect(ColumnProfile(numbers: [], named: "a").text(of: number) == text)
    }

    @Test func `A time is shown in UTC`() {
        let times = ColumnProfile(name: "t", count: 1, kinds: ["time": 1])
        #expect(times.text(of: 1_700_000_000_000_000) == "2023-11-14T22:13:20Z")
    }
}
