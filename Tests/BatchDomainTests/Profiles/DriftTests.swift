import BatchDomain
import Foundation
import TestSupport
import Testing

struct DriftTests {
    private static func profile(_ columns: ColumnProfile...) -> Profile {
        Profile(rows: columns.first?.rows ?? 0, miniBatches: 1, made: .scoring, columns: columns)
    }

    private static func drift(_ first: ColumnProfile, _ second: ColumnProfile) -> Drift {
        Drift(of: profile(second), from: profile(first), named: "monday")
    }

    private static func classes(_ classes: KeyValuePairs<String, Int>, missing: Int = 0) -> ColumnProfile {
        ColumnProfile(classes: classes, named: "prediction", missing: missing)
    }

    @Test func `A class that is commoner is said with its shares and the index`() {
        let drift = Self.drift(
            Self.classes(["class_0": 40, "class_1": 32, "class_2": 28]),
            Self.classes(["class_2": 50, "class_0": 28, "class_1": 22])
        )
        #expect(drift.level == .warning)
        #expect(drift.columns.map(\.words) == ["prediction: class_2 28 % → 50 %, PSI 0.21"])
        #expect(drift.columns[0].kind == .classes && drift.columns[0].className == "class_2")
        #expect(drift.columns[0].before == 0.28 && drift.columns[0].after == 0.5)
    }

    // PSI of (50, 50) to (50 + d, 50 - d): 0.09 at d = 15, 0.12 at 17, 0.21 at 22.
    @Test(arguments: [(15, ColumnDrift.Level.none), (17, .note), (22, .warning)])
    func `The index is a note from 0.1 and a warning from 0.2`(moved: Int, level: ColumnDrift.Level) {
        let drift = Self.drift(Self.classes(["a": 50, "b": 50]), Self.classes(["a": 50 + moved, "b": 50 - moved]))
        #expect(drift.level == level)
        #expect(drift.columns.isEmpty == (level == .none))
    }

    @Test(arguments: [(4, ColumnDrift.Level.none), (5, .warning)])
    func `Five points more missing values are a warning`(missing: Int, level: ColumnDrift.Level) {
        let first = ColumnProfile(name: "text", count: 100, kinds: ["text": 100])
        let second = ColumnProfile(name: "text", count: 100 - missing, missing: missing, kinds: ["text": 100 - missing])
        let drift = Self.drift(first, second)
        #expect(drift.level == level)
        #expect(drift.columns.map(\.words) == (level == .none ? [] : ["text: missing 0 % → 5 %"]))
        #expect(drift.columns.allSatisfy { $0.kind == .values && $0.index == nil })
    }

    @Test func `New and vanished classes are a note`() {
        let drift = Self.drift(
            Self.classes(["a": 599, "b": 400, "c": 1]),
            Self.classes(["a": 599, "b": 398, "d": 2, "e": 1])
        )
        #expect(drift.level == .note)
        #expect(drift.columns.map(\.words) == ["prediction: new d < 1 %, e < 1 %, gone c < 1 %"])
        #expect(drift.warnings.isEmpty)
    }

    @Test func `Numbers are said by their mean`() {
        let first = (0..<400).map { Double($0) / 100 }
        let drift = Self.drift(
            ColumnProfile(numbers: first, named: "price"),
            ColumnProfile(numbers: first.map { $0 + 2 }, named: "price")
        )
        #expect(drift.level == .warning && drift.columns[0].kind == .numbers)
        #expect(drift.columns[0].words.hasPrefix("price: mean 1.995 → 3.995, PSI "))
    }

    // As classes nothing would be in common.
    @Test func `A few numbers with fractions are no classes`() {
        let first = (0..<40).map { Double($0) + 0.25 }
        let drift = Self.drift(
            ColumnProfile(numbers: first, named: "price"),
            ColumnProfile(numbers: first.map { $0 + 0.125 }, named: "price")
        )
        #expect(drift.level == ColumnDrift.Level.none, "\(drift)")
    }

    @Test func `A column that is new or gone is a warning`() {
        let drift = Drift(
            of: Self.profile(Self.classes(["a": 1]), ColumnProfile(classes: ["x": 1], named: "new")),
            from: Self.profile(Self.classes(["a": 1]), ColumnProfile(classes: ["x": 1], named: "old")),
            named: "monday"
        )
        #expect(drift.columns.map(\.words) == ["old: column is gone", "new: new column"])
        #expect(drift.warnings.map(\.name) == ["old", "new"])
    }

    @Test func `The worst columns come first, and others are counted`() {
        let count = Drift.maxColumns + 3
        func columns(_ moved: Int) -> [ColumnProfile] {
            (0..<count).map { column in
                let moved = column == count - 1 ? 2 * moved : moved
                return ColumnProfile(classes: ["a": 50 + moved, "b": 50 - moved], named: "c\(column)")
            }
        }
        let drift = Drift(
            of: Profile(rows: 100, miniBatches: 1, made: .scoring, columns: columns(17)),
            from: Profile(rows: 100, miniBatches: 1, made: .scoring, columns: columns(0)),
            named: "monday"
        )
        #expect(drift.columns.count == Drift.maxColumns && drift.others == 3)
        #expect(drift.columns[0].name == "c\(count - 1)" && drift.level == .warning)
        #expect(drift.columns[1].name == "c0" && drift.columns[1].level == .note)
        #expect(drift.sentences.last == "… and 3 other columns")
    }

    @Test func `It is the same after it was kept`() throws {
        let drift = Self.drift(Self.classes(["a": 9], missing: 1), Self.classes(["b": 9], missing: 3))
        let kept = try JSONDecoder().decode(Drift.self, from: JSONEncoder().encode(drift))
        #expect(kept == drift)
        let refused = Drift(notComparedWith: "monday", because: "it has no profile.")
        let keptRefusal = try JSONDecoder().decode(Drift.self, from: JSONEncoder().encode(refused))
        #expect(keptRefusal == refused && refused.level == nil)
        #expect(refused.sentences == ["Not compared with the baseline monday: it has no profile."])
    }

    @Test func `Trends have the shares of the commonest classes, and means with deviations`() {
        func run(_ name: String, _ profile: Profile?) -> EndpointTrends.Run {
            EndpointTrends.Run(
                name: name,
                status: JobStatus(.completed),
                endedAt: Date(timeIntervalSince1970: 0),
                summary: profile.map { ProfileSummary($0) }
            )
        }
        let trends = EndpointTrends(runs: [
            run("one", Self.profile(Self.classes(["a": 3, "b": 1]))), run("two", nil),
            run(
                "three",
                Self.profile(Self.classes(["b": 4]), ColumnProfile(numbers: [0.5, 1.5], named: "price"))
            ),
        ])
        #expect(trends.columns == ["prediction", "price"])
        #expect(
            trends.series(of: "prediction") == [
                EndpointTrends.Series(name: "b", values: [0.25, nil, 1], isShare: true),
                EndpointTrends.Series(name: "a", values: [0.75, nil, 0], isShare: true),
            ]
        )
        #expect(
            trends.series(of: "price") == [
                EndpointTrends.Series(name: "mean", values: [nil, nil, 1], deviations: [nil, nil, 0.5])
            ]
        )
    }
}
