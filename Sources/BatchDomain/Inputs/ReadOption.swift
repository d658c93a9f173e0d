/// An option that says how input files are read, each declared once: YAML, `--set`, validation, worker and documentation
/// read this record.
package enum ReadOption: String, CaseIterable, Sendable, CodingKeyRepresentable {
    case format
    case delimiter
    case encoding
    case quote
    case escape
    case header
    case columnNames = "column_names"
    case decimal
    case thousands
    case dateFormats = "date_formats"
    case missingValues = "missing_values"
    case comment
    case skipRows = "skip_rows"
    case columns
    case dropColumns = "drop_columns"
    case rename
    case types
    case sheet
    case imageMode = "image_mode"
    case includePathColumn = "include_path_column"
    case partitionFormat = "partition_format"
    case take
    case invalidLines = "invalid_lines"

    /// The values that an option takes.
    package enum Kind: Equatable, Sendable {
        /// One of these words.
        case choice([String])
        /// One character, or one of these words.
        case character(words: [String])
        /// The name of a text encoding, as Python has it.
        case encoding
        /// Text that is not empty.
        case text
        /// True or false.
        case truth
        /// A whole number of at least `minimum`.
        case wholeNumber(minimum: Int)
        /// A list of texts; names are unique and not empty.
        case texts(areNames: Bool)
        /// Columns with a text each.
        case names
        /// Columns with one of these words each.
        case choices([String])
        /// A date format for all columns, or columns with a date format or a list of them.
        case dateFormats
        /// A path with `{column}` or `{column:yyyy/MM/dd}` in it.
        case partitionFormat
    }

    /// The key in YAML and in messages to workers.
    package var key: String { rawValue }

    /// The values it takes.
    package var kind: Kind {
        switch self {
        case .format:
            .choice(["delimited", "parquet", "json_lines", "json", "arrow", "orc", "avro", "excel"])
        case .delimiter, .escape, .decimal, .thousands, .comment: .character(words: [])
        case .quote: .character(words: ["none"])
        case .encoding: .encoding
        case .header, .includePathColumn: .truth
        case .columnNames, .columns, .dropColumns: .texts(areNames: true)
        case .missingValues: .texts(areNames: false)
        case .dateFormats: .dateFormats
        case .skipRows: .wholeNumber(minimum: 0)
        case .take: .wholeNumber(minimum: 1)
        case .rename: .names
        case .types:
            .choices(["boolean", "integer", "long", "float", "double", "string", "binary", "datetime"])
        case .sheet: .text
        case .imageMode: .choice(["L", "RGB", "RGBA"])
        case .partitionFormat: .partitionFormat
        case .invalidLines: .choice(["error", "drop"])
        }
    }

    /// A value as YAML.
    package var example: String {
        switch self {
        case .format: "delimited"
        case .delimiter: #"";""#
        case .encoding: "cp1252"
        case .quote: #""'""#
        case .escape: #""\\""#
        case .header: "false"
        case .columnNames: "[age, city]"
        case .decimal: #"",""#
        case .thousands: #"".""#
        case .dateFormats: #""%d/%m/%Y""#
        case .missingValues: #"["", NA]"#
        case .comment: ##""#""##
        case .skipRows: "2"
        case .columns: "[age, city]"
        case .dropColumns: "[note]"
        case .rename: "{Alter: age}"
        case .types: "{zip: string}"
        case .sheet: "Sales"
        case .imageMode: "RGB"
        case .includePathColumn: "true"
        case .partitionFormat: #""/{state}/{day:yyyy/MM/dd}/sales.csv""#
        case .take: "1000"
        case .invalidLines: "drop"
        }
    }

    /// Its effect, in one or two sentences.
    package var help: String {
        switch self {
        case .format: "Format of every file. Absent: by the file's name and content."
        case .delimiter: #"Character between fields; `tab` and `\t` are the tab character."#
        case .encoding: "Text encoding, by its name in Python. Absent: UTF-8, or UTF-16 by its byte order mark."
        case .quote: #"Character around fields that hold delimiters, or `none`. Absent: `"`."#
        case .escape: "Character before a character that is text. Absent: none."
        case .header: "Whether the first line holds the names of the columns."
        case .columnNames:
            "Names of the columns: with `header: false` the file has none, with `header: true` they replace it."
        case .decimal: "Character between a number's whole part and its fraction. Absent: `.`."
        case .thousands: "Character between groups of a number's digits. Absent: none."
        case .dateFormats:
            "Format of dates as Python's `strptime` has it, for all columns, or for each column one or a list. "
                + "Absent: ISO 8601 alone."
        case .missingValues:
            "Texts that are missing values in every column, text columns too, in place of the default list."
        case .comment: "Lines that begin with this character are skipped."
        case .skipRows: "Lines skipped before the header."
        case .columns: "Columns that are kept, by their names in the file."
        case .dropColumns: "Columns that are left out, by their names in the file."
        case .rename: "Columns with the names that the model's signature has for them."
        case .types: "Types of columns, for models without a signature."
        case .sheet: "Sheet of an Excel workbook. Absent: the first."
        case .imageMode: "Color mode that images are converted to."
        case .includePathColumn: "Whether a column `Path` holds the path of the file that a row comes from."
        case .partitionFormat: "Columns taken from the path: `{name}` is text, `{name:yyyy/MM/dd}` a date."
        case .take: "Rows read of the whole input, the first in input order; files after one that is no table fail."
        case .invalidLines:
            "Lines of JSON that can't be parsed: `error` fails the file, `drop` leaves them out and counts them."
        }
    }

    /// The values as the documentation has them.
    package var valuesText: String {
        switch kind {
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: " ")
        case .character(let words): (["one character"] + words.map { "`\($0)`" }).joined(separator: " or ")
        case .encoding: "name"
        case .text: "text"
        case .truth: "`true` or `false`"
        case .wholeNumber(let minimum): "whole number, \(minimum) or more"
        case .texts: "list of texts"
        case .names: "mapping of columns to names"
        case .choices(let words): "mapping of columns to " + words.map { "`\($0)`" }.joined(separator: " ")
        case .dateFormats: "text, or mapping of columns to texts"
        case .partitionFormat: "path with `{column}`"
        }
    }
}

/// The value of a read option: as typed, where all is text, or as validated.
package indirect enum ReadOptionValue: Hashable, Sendable {
    case text(String)
    case truth(Bool)
    case number(Int)
    case list([ReadOptionValue])
    case mapping([String: ReadOptionValue])

    /// The kind of value in a message.
    var noun: String {
        switch self {
        case .text, .truth, .number: "text"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// A scalar's text, nil for lists and mappings.
    package var text: String? {
        switch self {
        case .text(let text): text
        case .truth(let truth): truth ? "true" : "false"
        case .number(let number): String(number)
        case .list, .mapping: nil
        }
    }

    /// The texts of a list, nil for everything else.
    package var texts: [String]? {
        if case .list(let values) = self { values.compactMap(\.text) } else { nil }
    }
}

extension ReadOptionValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let truth = try? container.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let list = try? container.decode([ReadOptionValue].self) {
            self = .list(list)
        } else {
            self = .mapping(try container.decode([String: ReadOptionValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .truth(let truth): try container.encode(truth)
        case .number(let number): try container.encode(number)
        case .list(let list): try container.encode(list)
        case .mapping(let mapping): try container.encode(mapping)
        }
    }
}
