import BatchWorkspace
import Foundation

/// The file of a job's folder that keeps the variants of columns: it has each of them before the journal names it.
struct ColumnsFile: Sendable {
    private let path: String

    init(of folder: JobFolder) {
        path = folder.columns
    }

    /// The variants that an earlier executor kept.
    func read() -> [[String]] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        if let variants = try? JSONDecoder().decode([[String]].self, from: data) { return variants }
        // Before there were variants, the file had the one list of names.
        return (try? JSONDecoder().decode([String].self, from: data)).map { [$0] } ?? []
    }

    /// Keeps the variants; they are on the disk when this returns.
    func write(_ variants: [[String]]) throws {
        try DurableFile.write(JSONEncoder().encode(variants), to: path)
    }
}
