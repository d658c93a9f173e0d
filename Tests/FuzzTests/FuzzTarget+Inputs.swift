import BatchDomain
import Foundation

@testable import BatchManifest
@testable import StudioCommands

/// The readers of what says how a job's input is read.
extension FuzzTarget {
    static func readTable(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        // The folder is there on every machine, so that patterns have a place.
        guard let table = try? MLTableManifest.read(text: text, file: "/MLTable") else { return }
        try check(table.root.hasPrefix("/") && !table.patterns.isEmpty, "a table without a place: \(table)")
        let patterns = PathPatterns(table.patterns)
        for path in patterns.named {
            try check(patterns.matches(path), "\(path.debugDescription) is named and left out")
        }
        try check(table.readOptions.problems().isEmpty, "\(table.readOptions.problems())")
        let again = try JSONDecoder().decode(MLTable.self, from: JSONEncoder().encode(table))
        try check(again == table, "kept as another table: \(again)")
    }

    static func readOptions(_ bytes: [UInt8]) throws {
        for (form, options) in options(in: String(decoding: bytes, as: UTF8.self)) { try check(options, form) }
    }

    /// The options that a text gives, as YAML and as a line for each `--set`.
    static func options(in text: String) -> [(form: String, options: ReadOptions)] {
        let document = try? YAMLDocument(text: text, file: "/fuzz.yml")
        let inFile = document.flatMap { try? ReadOptionsManifest.read($0) }
        let lines = text.split(separator: "\n").map(String.init)
        let assignments = try? Assignment.read(lines, flag: "--set", example: "a=b")
        let given = assignments.flatMap { try? $0.readOptions() }
        return [inFile.map { ("as YAML", $0) }, given.map { ("as --set", $0) }].compactMap { $0 }
    }

    private static func check(_ options: ReadOptions, _ form: String) throws {
        let again = try JSONDecoder().decode(ReadOptions.self, from: JSONEncoder().encode(options))
        try check(again == options, "\(form): kept as \(again.given)")
        let assignments = ReadOptionsManifest.assignments(of: options)
        let read = try? ReadOptionsManifest.read(assignments)
        try check(read == options || options.isEmpty, "\(form): \(assignments) is read as \(String(describing: read))")
    }
}
