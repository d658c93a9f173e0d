/// How fast a job goes: rows a second for the curve.
struct JobSpeed: Equatable {
    /// Maximum seconds that the curve goes back.
    static let maxSeconds = 600

    /// Rows a second, one value for each second, the newest last.
    private(set) var rows: [Double] = []
    private var lastRows: Int?
    private var gathered = 0.0

    /// Puts what was scored before the watch began in front.
    mutating func begin(with past: [Double]) {
        rows = (past + rows).suffix(Self.maxSeconds)
    }

    /// Lets time go by; at each full second the curve grows.
    mutating func advance(by seconds: Double, rows scored: Int, isScoring: Bool) {
        guard isScoring else {
            (lastRows, gathered) = (nil, 0)
            return
        }
        gathered += seconds
        guard gathered >= 0.95 else { return }
        if let lastRows { rows.append(max(0, Double(scored - lastRows) / gathered)) }
        if rows.count > Self.maxSeconds { rows.removeFirst() }
        lastRows = scored
        gathered = 0
    }
}
