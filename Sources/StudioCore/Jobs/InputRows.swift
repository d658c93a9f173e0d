import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import SystemKit

/// Rows of a job's input by their files and numbers: of CSV, JSON Lines and Parquet files that are still there.
struct InputRows: Sendable {
    /// A row as an output names it.
    struct Label: Sendable {
        /// The file: its name, or its path where several have the same one.
        var file: String
        /// The number of the row in it, from 0.
        var row: Int
    }

    private enum Kind {
        case text(RowFormat, delimiter: UInt8)
        case parquet
    }

    let job: Job
    /// The path of the job's list of files.
    let manifest: String
    /// Reads Parquet files; called where there are some.
    let parquet: @Sendable () async throws -> ParquetReading

    /// The rows, in the same order; one that can't be shown says why.
    ///
    /// - Throws: `CancellationError`.
    func rows(_ labels: [Label]) async throws -> [InputRow] {
        let (manifest, names) = (manifest, Set(labels.map(\.file)))
        let paths = try await DiskWork.run { Self.paths(of: names, in: manifest) }
        var rows = labels.map { InputRow(file: paths[$0.file] ?? $0.file, row: $0.row) }
        let root = job.specification.input.root
        for (path, indices) in Dictionary(grouping: rows.indices, by: { rows[$0].file }) {
            guard FileManager.default.fileExists(atPath: root + "/" + path) else {
                let reason =
                    job.specification.input.remote == nil
                    ? "The input file is gone." : "The input is remote; its files are kept only while they are scored."
                for index in indices { rows[index].reason = reason }
                continue
            }
            guard case .text(let format, let delimiter)? = kind(of: path) else { continue }
            let wanted = indices.map { rows[$0] }
            let found = try await DiskWork.run {
                let file = RowFile(root + "/" + path, format: format, delimiter: delimiter)
                return try wanted.map { try Self.row($0, in: file) }
            }
            for (index, row) in zip(indices, found) { rows[index] = row }
        }
        try await readParquet(&rows)
        for index in rows.indices where rows[index].cells.isEmpty && rows[index].reason == nil {
            rows[index].reason = "Rows are shown of CSV, JSON Lines and Parquet files only."
        }
        return rows
    }

    private static func row(_ wanted: InputRow, in file: RowFile) throws -> InputRow {
        try Task.checkCancellation()
        let page = try file.rows(from: wanted.row, count: 1)
        guard let values = page.rows.first else { return wanted.without("The input file has no such row any more.") }
        return wanted.with(page.names, values)
    }

    /// Reads what is wanted of Parquet files, all in one process.
    private func readParquet(_ rows: inout [InputRow]) async throws {
        let root = job.specification.input.root
        let wanted = rows.indices.filter { index in
            guard rows[index].reason == nil, case .parquet? = kind(of: rows[index].file) else { return false }
            return true
        }
        guard !wanted.isEmpty else { return }
        do {
            let requests = wanted.map { index in
                let row = rows[index]
                return ParquetReading.Request(file: root + "/" + row.file, ranges: [row.row..<row.row + 1])
            }
            let answers = try await parquet().rows(of: requests)
            for (index, answer) in zip(wanted, answers) {
                if let error = answer.error {
                    rows[index].reason = "The input file can't be read: \(error)."
                } else if let values = answer.rows?.first {
                    rows[index] = rows[index].with(answer.columns ?? [], values)
                } else {
                    rows[index].reason = "The input file has no such row any more."
                }
            }
        } catch let error as StudioError {
            for index in wanted { rows[index].reason = error.description }
        }
    }

    /// How the rows of a file are found; nil where they are not.
    private func kind(of path: String) -> Kind? {
        let name = path.lowercased()
        let options = job.specification.settings.readOptions ?? ReadOptions()
        if name.hasSuffix(".parquet") { return .parquet }
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return .text(.jsonLines, delimiter: 0) }
        guard name.hasSuffix(".csv") || name.hasSuffix(".tsv") else { return nil }
        var delimiter = UInt8(ascii: name.hasSuffix(".tsv") ? "\t" : ",")
        for (option, value) in options.given {
            guard option == .delimiter, case .text(let text) = value, text.utf8.count == 1, let byte = text.utf8.first
            else { return nil }
            delimiter = byte
        }
        return .text(.csvWithHeader, delimiter: delimiter)
    }

    /// The paths of the files that an output names, from the input's folder.
    ///
    /// A name with characters that the manifest escapes is not found: such a file is taken for one of the input's folder.
    private static func paths(of labels: Set<String>, in manifest: String) -> [String: String] {
        guard let text = try? Data(contentsOf: URL(fileURLWithPath: manifest), options: .mappedIfSafe) else {
            return [:]
        }
        return Dictionary(uniqueKeysWithValues: labels.map { ($0, path(of: $0, in: text)) })
    }

    private static func path(of label: String, in text: Data) -> String {
        var rest = text[...]
        while let found = rest.range(of: Data(label.utf8)) {
            let start = text[..<found.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            guard let end = text[found.upperBound...].firstIndex(of: UInt8(ascii: "\n")) else { return label }
            let paths = ManifestText.files(in: text, at: start..<end + 1).map {
                String(decoding: $0.path, as: UTF8.self)
            }
            if let path = paths.first(where: { $0 == label || $0.hasSuffix("/" + label) }) { return path }
            rest = text[end...]
        }
        return label
    }
}

extension InputRow {
    /// The same row, which can't be shown.
    fileprivate func without(_ reason: String) -> InputRow {
        var row = self
        row.reason = reason
        return row
    }

    /// The same row with its values; columns without a name are numbered.
    fileprivate func with(_ names: [String], _ values: [String]) -> InputRow {
        var row = self
        row.cells = values.enumerated().map { index, value in
            Cell(name: index < names.count ? names[index] : "Column \(index + 1)", value: value)
        }
        return row
    }
}
