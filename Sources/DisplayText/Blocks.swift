/// Bars of a text's height, in eighths.
package enum Blocks {
    /// From nothing to the full height.
    package static let eighths = Array(" ▁▂▃▄▅▆▇█")

    /// Counts as bars next to each other; the largest has the full height, and none that is not 0 vanishes.
    package static func bars(_ counts: [Int]) -> String {
        let top = counts.max() ?? 0
        guard top > 0 else { return "" }
        return String(
            counts.map { count in
                count <= 0 ? eighths[0] : eighths[max(1, Int((Double(count) / Double(top) * 8).rounded()))]
            }
        )
    }
}
