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
        let text = String(decoding: bytes, as: UTF8.self)
        if let document = try? YAMLDocument(text: text, file: "/fuzz.yml"),
            let options = try? ReadOptionsManifest.read(document)
        {
            try check(options, "as YAML")
        }
        let lines = text.split(separator: "\n").map(String.init)
        if let assignments = try? Assignment.read(lines, flag: "--set", example: "a=b"),
            let options = try? assignments.readOptions()
        {
            try check(options, "as --set")
        }
    }

    private static func check(_ options: ReadOptions, _ form: String) throws {
        let again = try JSONDecoder().decode(ReadOptions.self, from: JSONEncoder().encode(options))
        try check(again == options, "\(form): kept as \(again.given)")
        let assignments = ReadOptionsManifest.assignments(of: options)
        let read = try? ReadOptionsManifest.read(assignments)
        try check(read == options || options.isEmpty, "\(form): \(assignments) is read as \(String(describing: read))")
    }
}
