import BatchDomain
import Foundation

/// The formats of files that can be split.
enum SplitFormat: Equatable {
    /// Delimited text, with the delimiter that the file's name stands for.
    case delimited(usual: UInt8?)
    case jsonLines
    case parquet

    private static let delimiters: [String: UInt8?] = [
        "csv": UInt8(ascii: ","), "tsv": UInt8(ascii: "\t"), "tab": UInt8(ascii: "\t"), "psv": UInt8(ascii: "|"),
        "txt": nil,
    ]
    private static let typed: [String: Self] = [
        "jsonl": .jsonLines, "ndjson": .jsonLines, "parquet": .parquet, "pqt": .parquet,
    ]
    /// Extensions by which a file is read in its own way, whatever format is given, or may be compressed.
    private static let others: Set = [
        "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "gz", "gzip", "bz2", "bz", "xz", "zst", "zstd",
        "zip",
    ]

    /// The format of a file of this name; nil where the file can't be split, or only its content tells the format.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - given: The format that the read options give.
    init?(of name: String, given: String?) {
        let ending = (name as NSString).pathExtension.lowercased()
        if Self.others.contains(ending) { return nil }
        switch given {
        case "delimited": self = .delimited(usual: Self.delimiters[ending] ?? UInt8(ascii: ","))
        case "json_lines": self = .jsonLines
        case "parquet": self = .parquet
        case .some: return nil
        case nil:
            if let delimiter = Self.delimiters[ending] {
                self = .delimited(usual: delimiter)
            } else if let format = Self.typed[ending] {
                self = format
            } else {
                return nil
            }
        }
    }
}
