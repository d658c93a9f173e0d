import BatchDomain
import BatchWorkspace

/// Joins two outputs by file and row: both are in input order, so each is read once and little of them is in memory.
struct OutputJoin {
    private struct Row {
        var rank: Int
        var number: Int
        var file: String
        var values: [String]
    }

    private let order: InputOrder
    private var readings: [RowReading]
    private let places: [[Int]]
    private var comparison: RowComparison

    /// - Throws: ``StudioError`` when the outputs have no column in common.
    init(_ first: NamedRows, _ second: NamedRows, order: InputOrder) throws {
        var shared = first.predictions.filter { second.predictions.contains($0) }
        if shared.isEmpty, first.predictions.count == 1, second.predictions.count == 1 { shared = first.predictions }
        guard !shared.isEmpty else {
            throw StudioError(
                .invalidState,
                "The rows are not compared: the outputs have no column in common (\(first.predictions.joined(separator: ", ")) "
                    + "and \(second.predictions.joined(separator: ", ")))."
            )
        }
        self.order = order
        readings = [RowReading(first.file), RowReading(second.file)]
        places = [first, second].map { output in
            shared.map { name in (output.predictions.firstIndex(of: name) ?? 0) + 1 }
        }
        comparison = RowComparison(columns: shared)
    }

    /// Reads both to their ends.
    ///
    /// - Throws: ``StudioError`` when one can't be read; `CancellationError`.
    mutating func run() throws -> RowComparison {
        var one = try next(of: 0)
        var other = try next(of: 1)
        while let first = one, let second = other {
            if (first.rank, first.number) == (second.rank, second.number) {
                comparison.join(row: first.number, file: first.file, first.values, second.values)
                one = try next(of: 0)
                other = try next(of: 1)
            } else if (first.rank, first.number) < (second.rank, second.number) {
                comparison.onlyFirst += 1
                one = try next(of: 0)
            } else {
                comparison.onlySecond += 1
                other = try next(of: 1)
            }
        }
        while one != nil {
            comparison.onlyFirst += 1
            one = try next(of: 0)
        }
        while other != nil {
            comparison.onlySecond += 1
            other = try next(of: 1)
        }
        return comparison
    }

    /// The next row of an output that names a file of the input.
    private mutating func next(of output: Int) throws -> Row? {
        while let cells = try readings[output].nextRow() {
            if let file = cells.last, let number = cells.first.flatMap({ Int($0) }), let rank = order.rank(of: file) {
                let values = places[output].map { $0 < cells.count ? cells[$0] : "" }
                return Row(rank: rank, number: number, file: file, values: values)
            }
            if output == 0 { comparison.onlyFirst += 1 } else { comparison.onlySecond += 1 }
        }
        return nil
    }
}
