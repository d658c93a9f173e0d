package import BatchDomain
import Foundation

extension OutputPreview {
    /// The names of the columns of a CSV file.
    package enum Header: Sendable {
        /// None are known.
        case none
        /// The first row has them.
        case firstRow
        /// The number of a row, the model's predictions, the file: as rows of a model without a script are written.
        case predictions

        fileprivate func name(_ index: Int, of count: Int) -> String? {
            guard case .predictions = self, count > 2 else { return nil }
            if index == 0 { return "row" }
            if index == count - 1 { return "file" }
            return count == 3 ? "prediction" : "prediction \(index)"
        }
    }

    /// The first rows that the readers of inputs have found.
    package init(file: String, _ preview: DataPreview, isComplete: Bool) {
        let rows = preview.rows.map { $0.map { $0 ?? "" } }
        var summaries = preview.header.map { _ in ColumnSummary(missing: 0) }
        for row in rows {
            for index in summaries.indices { summaries[index].add(index < row.count ? row[index] : "") }
        }
        let columns = zip(preview.header, summaries).map { $1.column(named: $0) }
        self.init(file: file, columns: columns, rows: rows, rowsRead: rows.count, isComplete: isComplete)
    }

    /// Reads the first part of a CSV or JSON Lines file: a number of rows for the table, a number of bytes for the summary.
    ///
    /// - Throws: ``StudioError`` for a file that can't be read, or is Parquet, with how to read that.
    package init(
        reading file: String,
        header: Header = .none,
        rows shown: Int = 1000,
        bytes limit: Int = 32 << 20
    ) throws {
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw StudioError(.file, "There is no file \(file), or it may not be read.")
        }
        defer { try? handle.close() }
        if file.hasSuffix(".parquet") {
            throw StudioError(
                .file,
                "\(file) is Parquet, which is not shown here.",
                advice: "Read it in Python: pandas.read_parquet(\"\(file)\")"
            )
        }
        var objects = file.lowercased().hasSuffix(".jsonl") ? JSONLinesReader() : nil
        var names: [String] = []
        func row(_ cells: [JSONLinesReader.Cell]) -> [String] {
            for cell in cells where !names.contains(cell.name) && names.count < 200 { names.append(cell.name) }
            return names.map { name in cells.last { $0.name == name }?.text ?? "" }
        }
        var reader = CSVReader()
        var summaries: [ColumnSummary] = []
        var head: [[String]] = []
        var count = 0
        var isHeader = if case .firstRow = header { objects == nil } else { false }
        func take(_ row: [String]) -> Bool {
            if isHeader {
                (names, isHeader) = (row, false)
                return true
            }
            if head.count < shown { head.append(row) }
            while summaries.count < row.count, summaries.count < 200 {
                summaries.append(ColumnSummary(missing: count))
            }
            for index in summaries.indices { summaries[index].add(index < row.count ? row[index] : "") }
            count += 1
            return true
        }
        var read = 0
        var isComplete = false
        while read < limit {
            guard let data = try handle.read(upToCount: 1 << 20), !data.isEmpty else {
                isComplete = true
                break
            }
            read += data.count
            if objects != nil {
                objects?.read(data) { _ = take(row($0)) }
            } else {
                _ = reader.read(data, take)
            }
        }
        if isComplete {
            reader.finish(take)
            objects?.finish { _ = take(row($0)) }
        }
        self.init(
            file: file,
            columns: summaries.enumerated().map { index, summary in
                let named = index < names.count && !names[index].isEmpty ? names[index] : nil
                let known = objects == nil ? header.name(index, of: summaries.count) : nil
                return summary.column(named: named ?? known ?? "Column \(index + 1)")
            },
            rows: head,
            rowsRead: count,
            isComplete: isComplete
        )
    }
}

/// Adds up what is in a column, cell by cell.
private struct ColumnSummary {
    private var count = 0
    private var missing: Int
    private var minimum = Double.infinity
    private var maximum = -Double.infinity
    private var sum = 0.0
    private var areNumbers = true
    private var frequencies: [String: Int] = [:]
    /// Maximum different texts that are counted.
    private static let most = 1000

    init(missing: Int) {
        self.missing = missing
    }

    mutating func add(_ cell: String) {
        guard !cell.isEmpty, cell != "nan", cell != "NaN" else {
            missing += 1
            return
        }
        count += 1
        if areNumbers {
            if let number = Double(cell) {
                minimum = min(minimum, number)
                maximum = max(maximum, number)
                sum += number
            } else {
                areNumbers = false
            }
        }
        if frequencies[cell] != nil || frequencies.count < Self.most {
            frequencies[cell, default: 0] += 1
        }
    }

    func column(named name: String) -> OutputPreview.Column {
        OutputPreview.Column(name: name, count: count, missing: missing, values: values)
    }

    /// A few different numbers are classes rather than measures, and are counted as texts are.
    private var values: OutputPreview.Values {
        guard count > 0 else { return .none }
        if areNumbers, frequencies.count > 12 || count == frequencies.count {
            return .numbers(minimum: minimum, mean: sum / Double(count), maximum: maximum)
        }
        let commonest = frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
        return .texts(
            commonest: commonest.map { OutputPreview.Frequency(text: $0.key, count: $0.value) },
            distinct: frequencies.count
        )
    }
}
