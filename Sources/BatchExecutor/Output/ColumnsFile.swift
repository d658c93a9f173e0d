import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

/// The file of a job's folder that keeps the variants of columns: it has each of them before the journal names it.
struct ColumnsFile: Sendable {
    private let path: String

    init(of folder: JobFolder) {
        path = folder.columns
    }

    /// The variants that an earlier executor kept; none where there is no file.
    ///
    /// - Throws: ``StudioError`` when the file can't be read or is damaged.
    func read() throws -> [[String]] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let data = FileManager.default.contents(atPath: path) else { throw damage("can't be read") }
        if let variants = try? JSONDecoder().decode([[String]].self, from: data) { return variants }
        // Before there were variants, the file had the one list of names.
        if let names = try? JSONDecoder().decode([String].self, from: data) { return [names] }
        throw damage("is damaged")
    }

    /// Checks that the variants are all that the journal refers to.
    ///
    /// - Parameters:
    ///   - variants: The variants that were read.
    ///   - number: The largest number of a variant in the journal; nil for none.
    /// - Throws: ``StudioError`` when there are fewer.
    func check(_ variants: [[String]], have number: Int?) throws {
        guard let number, number >= variants.count else { return }
        throw damage(variants.isEmpty ? "is missing or empty" : "lacks columns of rows that were scored")
    }

    /// Keeps the variants; they are on the disk when this returns.
    func write(_ variants: [[String]]) throws {
        try DurableFile.write(JSONEncoder().encode(variants), to: path)
    }

    private func damage(_ what: String) -> StudioError {
        StudioError(
            .file,
            "The columns of the rows that were scored are not known: \(path) \(what).",
            advice: "Score the input with a new job: batchstudio batch-endpoint invoke",
            inStudio: "Clone the job to score its input again."
        )
    }
}
