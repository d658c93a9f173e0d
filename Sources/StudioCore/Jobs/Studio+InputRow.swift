package import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

extension Studio {
    /// A row of a job's output with the row of its input, which outputs of MLflow models name in their first and last columns.
    ///
    /// - Throws: ``StudioError`` when the output can't be read, or has no such row.
    package func resultRow(_ number: Int, of name: String) async throws -> ResultRow {
        let page = try await outputRows(of: name, from: number, count: 1)
        let index = number - page.first
        guard page.rows.indices.contains(index) else {
            throw StudioError(.notFound, "The output of job \(name) has no row \(Figures.count(number)).")
        }
        var found = ResultRow(number: number, columns: page.columns, values: page.rows[index])
        guard try await job(name).specification.scoring == .generated, found.values.count > 2,
            let file = found.values.last, let row = found.values.first.flatMap({ Int($0) }), row >= 0
        else { return found }
        found.input = try await inputRow(of: name, file: file, row: row)
        return found
    }

    /// The row of a job's input behind a row of its output, where the input is a CSV or JSON Lines file that is still there.
    ///
    /// - Parameters:
    ///   - name: The job.
    ///   - label: The file, as the output names it: its name, or its path where several have the same one.
    ///   - row: The number of the row in that file, from 0.
    /// - Returns: The row, or why it can't be shown.
    /// - Throws: ``StudioError`` when there is no such job.
    package func inputRow(of name: String, file label: String, row: Int) async throws -> InputRow {
        let job = try await workspace.job(name)
        let manifest = folder.job(name).manifest
        let options = job.specification.settings.readOptions ?? ReadOptions()
        let root = job.specification.input.root
        return try await DiskWork.run {
            let path = Self.path(of: label, in: manifest)
            let file = InputRow(file: path, row: row)
            guard let format = Self.rowFormat(of: path, options) else {
                return file.unknown("Rows are shown of CSV and JSON Lines files only.")
            }
            guard FileManager.default.fileExists(atPath: root + "/" + path) else {
                return file.unknown(
                    job.specification.input.remote == nil
                        ? "The input file is gone."
                        : "The input is remote; its files are kept only while they are scored."
                )
            }
            let rows = RowFile(root + "/" + path, format: format.format, delimiter: format.delimiter)
            let page = try rows.rows(from: row, count: 1)
            guard let values = page.rows.first else { return file.unknown("The input file has no such row any more.") }
            let cells = values.enumerated().map { index, value in
                InputRow.Cell(name: index < page.names.count ? page.names[index] : "Column \(index + 1)", value: value)
            }
            return InputRow(file: path, row: row, cells: cells)
        }
    }

    /// The path of the file that an output names, from the input's folder: the name itself where the manifest has no other.
    private static func path(of label: String, in manifest: String) -> String {
        guard let text = try? Data(contentsOf: URL(fileURLWithPath: manifest), options: .mappedIfSafe) else {
            return label
        }
        var rest = text[...]
        // A name with characters that the manifest escapes is not found: such a file is taken for one of the input's folder.
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

    /// How the rows of an input file are cut, nil where only Python can.
    private static func rowFormat(
        of path: String,
        _ options: ReadOptions
    ) -> (format: RowFormat, delimiter: UInt8)? {
        let name = path.lowercased()
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return (.jsonLines, 0) }
        guard name.hasSuffix(".csv") || name.hasSuffix(".tsv") else { return nil }
        var delimiter = UInt8(ascii: name.hasSuffix(".tsv") ? "\t" : ",")
        for (option, value) in options.given {
            guard option == .delimiter, case .text(let text) = value, text.utf8.count == 1, let byte = text.utf8.first
            else { return nil }
            delimiter = byte
        }
        return (.csvWithHeader, delimiter)
    }
}

extension InputRow {
    /// The same row, which can't be shown.
    fileprivate func unknown(_ reason: String) -> InputRow {
        var row = self
        row.reason = reason
        return row
    }
}
