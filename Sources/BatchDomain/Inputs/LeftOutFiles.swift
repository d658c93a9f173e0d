/// The files and folders of an input that are not data: hidden ones, those that data systems and desktops leave behind,
/// and the `MLTable` file that describes a folder's data.
///
/// A pattern is compared with the name of a file or folder, case and all; a folder that is left out is not entered.
///
///     LeftOutFiles.standard.pattern(of: Array("_committed_17".utf8))  // "_committed_*"
package struct LeftOutFiles: Equatable, Sendable {
    /// The files of Spark, Hive, Databricks, Hadoop, macOS, Windows and Azure's tables, and every name that begins with a dot.
    package static let standard = LeftOutFiles(patterns: [
        ".*", "_SUCCESS", "_committed_*", "_started_*", "_metadata", "_common_metadata", "*.crc", "Thumbs.db",
        "desktop.ini", "_delta_log", "_temporary", "__MACOSX", "MLTable",
    ])

    private enum Rule: Equatable {
        case exactly([UInt8])
        case prefix([UInt8])
        case suffix([UInt8])
    }

    /// The names as `fnmatch` patterns; each has at most one `*`, at its beginning or its end.
    package let patterns: [String]
    private let rules: [Rule]

    package init(patterns: [String]) {
        self.patterns = patterns
        rules = patterns.map { pattern in
            if pattern.hasSuffix("*") { return .prefix(Array(pattern.utf8.dropLast())) }
            if pattern.hasPrefix("*") { return .suffix(Array(pattern.utf8.dropFirst())) }
            return .exactly(Array(pattern.utf8))
        }
    }

    /// Returns the pattern by which a file or folder of that name, of any bytes, is left out; nil for data.
    package func pattern(of name: [UInt8]) -> String? {
        let index = rules.firstIndex { rule in
            switch rule {
            case .exactly(let bytes): name == bytes
            case .prefix(let bytes): name.starts(with: bytes)
            case .suffix(let bytes): name.suffix(bytes.count).elementsEqual(bytes)
            }
        }
        return index.map { patterns[$0] }
    }

    /// Words a note for a job from whose input files and folders were left out.
    ///
    /// - Parameters:
    ///   - count: How many, 1 or more.
    ///   - found: The patterns of their names, as far as they are known.
    /// - Returns: A sentence.
    package func note(count: Int, found: Set<String> = []) -> String {
        let names = patterns.filter(found.contains).joined(separator: ", ")
        let examples = names.isEmpty ? "" : " (\(names))"
        return count == 1
            ? "1 file or folder that is not data\(examples) was left out of the input."
            : "\(count) files or folders that are not data\(examples) were left out of the input."
    }
}
