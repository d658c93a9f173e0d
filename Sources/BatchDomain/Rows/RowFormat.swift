/// How the rows of a job are written.
package enum RowFormat: String, Sendable, CaseIterable {
    /// CSV without names, as Azure writes it.
    case csv
    /// CSV that begins with a line of column names.
    case csvWithHeader = "csv_with_header"
    /// A JSON object a row.
    case jsonLines = "jsonl"
    /// One Parquet file.
    case parquet

    /// The format that an output file's name asks for.
    package init(fileName: String?, header: Bool) {
        let name = fileName?.lowercased() ?? ""
        if name.hasSuffix(".jsonl") {
            self = .jsonLines
        } else if name.hasSuffix(".parquet") {
            self = .parquet
        } else {
            self = header && fileName != nil ? .csvWithHeader : .csv
        }
    }
}

extension JobSpecification {
    /// How the job's rows are written.
    package var rowFormat: RowFormat { RowFormat(fileName: output.fileName, header: settings.outputHeader) }
}
