import BatchDomain
import BatchWorkspace

/// Joins two outputs by file and row: both are in input order, so each is read once and little of them is in memory.
struct OutputJoin {
    /// How a row is known again in the other output.
    enum Keys {
        /// By its first and last columns, which number it and name its file.
        case labels(InputOrder)
        /// By its place within its mini-batch.
        case places(MiniBatchRows)
    }

    private struct Row {
        /// The file's place in the input, or the mini-batch.
        var rank: Int
        var number: Int
        var file: String
        var values: [String]
    }

    private struct Place {
        /// The span of the row that comes next, and the row's number in it.
        var span = 0
        var row = 0
    }

    private let keys: Keys
    private var readings: [RowReading]
    private var cursors = [Place(), Place()]
    private var names: [MiniBatchRows.Names?] = [nil, nil]
    private let places: [[Int]]
    private var comparison: RowComparison

    /// - Throws: ``StudioError`` when the outputs have no column in common.
    init(_ first: NamedRows, _ second: NamedRows, by keys: Keys) throws {
        var shared = first.predictions.filter { second.predictions.contains($0) }
        if shared.isEmpty, first.predictions.count == 1, second.predictions.count == 1 { shared = first.predictions }
        guard !shared.isEmpty else {
            throw StudioError(
                .invalidState,
                "The rows are not compared: the outputs have no column in common (\(first.predictions.joined(separator: ", ")) "
                    + "and \(second.predictions.joined(separator: ", ")))."
            )
        }
        self.keys = keys
        readings = [RowReading(first.file), RowReading(second.file)]
        places = [first, second].map { output in
            shared.map { name in (output.predictions.firstIndex(of: name) ?? 0) + output.labelsBefore }
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

    /// The next row of an output whose place in the input is known.
    private mutating func next(of output: Int) throws -> Row? {
        while let cells = try readings[output].nextRow() {
            if let key = try key(of: cells, in: output) {
                let values = places[output].map { $0 < cells.count ? cells[$0] : "" }
                return Row(rank: key.rank, number: key.number, file: key.file, values: values)
            }
            if output == 0 { comparison.onlyFirst += 1 } else { comparison.onlySecond += 1 }
        }
        if case .places(let rows) = keys, cursors[output].span < rows.spans[output].count { throw Self.otherCount }
        return nil
    }

    private mutating func key(of cells: [String], in output: Int) throws -> (rank: Int, number: Int, file: String)? {
        switch keys {
        case .labels(let order):
            guard let file = cells.last, let number = cells.first.flatMap({ Int($0) }), let rank = order.rank(of: file)
            else { return nil }
            return (rank, number, file)
        case .places(let rows):
            let cursor = cursors[output]
            guard cursor.span < rows.spans[output].count else { throw Self.otherCount }
            let span = rows.spans[output][cursor.span]
            cursors[output] =
                cursor.row + 1 < span.rows
                ? Place(span: cursor.span, row: cursor.row + 1) : Place(span: cursor.span + 1)
            guard rows.isJoined(span.miniBatch) else { return nil }
            let known = names[output].flatMap { $0.miniBatch == span.miniBatch ? $0 : nil } ?? rows.names(of: span)
            names[output] = known
            return (span.miniBatch, cursor.row, known[cursor.row])
        }
    }

    /// The error for a file that is not what the job has written.
    private static var otherCount: StudioError {
        StudioError(
            .file,
            "The rows are not compared: an output file does not have as many rows as its job wrote.",
            advice: "Score the input again with a new job."
        )
    }
}
