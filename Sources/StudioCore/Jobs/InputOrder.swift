import BatchDomain
import Foundation

/// The order of a job's input files, by the names that its output has for them.
struct InputOrder {
    private var ranks: [String: Int] = [:]

    /// Reads a manifest.
    ///
    /// - Throws: ``StudioError`` when it is gone or damaged.
    init(of manifest: String) throws {
        let text = try Self.text(of: manifest)
        var rank = 0
        try ManifestText.forEachLine(in: text, at: manifest) { line in
            for file in ManifestText.files(in: text, at: line.bytes) {
                let path = String(decoding: file.path, as: UTF8.self)
                let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
                // Outputs have paths where names are not unique, else names.
                for label in [path, name] where ranks[label] == nil { ranks[label] = rank }
            }
            rank += 1
        }
    }

    /// The place of a file; nil for one that the input does not have.
    func rank(of label: String) -> Int? { ranks[label] }

    /// Returns whether two manifests have the same files of the same sizes; nil where one is gone.
    static func areSame(_ one: String, _ other: String) throws -> Bool? {
        let manager = FileManager.default
        guard manager.fileExists(atPath: one), manager.fileExists(atPath: other) else { return nil }
        let lists = try [one, other].map { path in
            let text = try text(of: path)
            return ManifestText.files(in: text, at: 0..<text.count).map { (size: $0.size, path: $0.path) }
        }
        guard lists[0].count == lists[1].count else { return false }
        return zip(lists[0], lists[1]).allSatisfy { $0.size == $1.size && $0.path == $1.path }
    }

    static func text(of manifest: String) throws -> Data {
        if let text = try? Data(contentsOf: URL(fileURLWithPath: manifest), options: .mappedIfSafe) { return text }
        throw StudioError(.file, "The rows are not compared: the list of the job's input files is gone (\(manifest)).")
    }
}
