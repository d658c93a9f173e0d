package import BatchDomain
import Foundation

extension ColumnProfile {
    /// The profile of numbers, made as the workers make it.
    package init(numbers values: [Double], named name: String, shift: Int = 42) {
        let finite = values.filter(\.isFinite)
        let counts = Dictionary(finite.map { ($0, 1) }, uniquingKeysWith: +)
        let bins = { (sign: FloatingPointSign) in
            let keys = finite.filter { $0 != 0 && $0.sign == sign }.map { Int($0.magnitude.bitPattern) >> shift }
            return Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
                .map { Bins.Bin($0.key, $0.value) }
        }
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
        var spans = [Int](repeating: 0, count: 64)
        for value in finite { spans[low == high ? 0 : min(63, Int((value - low) / (high - low) * 64))] += 1 }
        let mean = finite.reduce(0, +) / Double(max(1, finite.count))
        let squares = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.init(
            name: name,
            count: values.count,
            kinds: ["number": values.count],
            values: counts.count > 1000
                ? nil
                : counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { Value("\($0.key)", $0.value) },
            numbers: NumberProfile(
                count: values.count,
                infinite: [values.count { $0 == -.infinity }, values.count { $0 == .infinity }],
                zeros: values.count { $0 == 0 },
                integers: finite.allSatisfy { $0.rounded() == $0 },
                min: finite.min(),
                max: finite.max(),
                mean: mean,
                deviation: (squares / Double(max(1, finite.count))).squareRoot(),
                histogram: NumberProfile.Histogram(low: low, high: high, counts: spans),
                bins: Bins(shift: shift, negative: bins(.minus), positive: bins(.plus))
            )
        )
    }

    /// The profile of classes.
    package init(classes: KeyValuePairs<String, Int>, named name: String, missing: Int = 0) {
        let count = classes.reduce(0) { $0 + $1.value }
        self.init(
            name: name,
            count: count,
            missing: missing,
            kinds: ["text": count],
            values: classes.map { Value($0.key, $0.value) }
        )
    }
}

extension Profile {
    /// A column of classes and one of numbers.
    package static let sample = Profile(
        rows: 89,
        miniBatches: 10,
        made: .scoring,
        columns: [
            ColumnProfile(classes: ["class_1": 35, "class_0": 29, "class_2": 25], named: "prediction"),
            ColumnProfile(numbers: (0..<89).map { Double(($0 * 37) % 89) / 88 }, named: "confidence"),
        ]
    )

    /// Writes it as a job's profile.
    package func write(to file: String) throws {
        let folder = URL(filePath: file).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try JSONEncoder().encode(self).write(to: URL(filePath: file))
    }
}
