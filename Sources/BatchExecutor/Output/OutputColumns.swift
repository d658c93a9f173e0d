import BatchDomain
import BatchWorkspace
import Foundation

/// The names of the columns of a job's rows, for an output with a header: the same in all mini-batches.
struct OutputColumns {
    private let path: String
    private(set) var names: [String]?

    /// Reads what an earlier executor kept.
    init(of folder: JobFolder) {
        path = folder.columns
        names = FileManager.default.contents(atPath: path).flatMap {
            try? JSONDecoder().decode([String].self, from: $0)
        }
    }

    /// Takes those of a mini-batch; the first are on the disk when this returns, before the mini-batch is journaled.
    ///
    /// - Throws: ``JobFailure`` when they differ from those of the mini-batches before it.
    mutating func take(_ new: [String], of miniBatch: Int) throws {
        guard let names else {
            try DurableFile.write(JSONEncoder().encode(new), to: path)
            return names = new
        }
        if names == new { return }
        throw JobFailure(
            "The output has one header, but mini-batch \(miniBatch) returned the columns \(new.joined(separator: ", ")) and "
                + "others returned \(names.joined(separator: ", ")). Let run() return the same columns always, or leave out "
                + "output_header."
        )
    }

    /// The header's line.
    var line: String {
        guard let names else { return "" }
        let cells = names.map { name in
            name.contains { ",\"\n\r".contains($0) } ? "\"" + name.replacing("\"", with: "\"\"") + "\"" : name
        }
        return cells.joined(separator: ",") + "\n"
    }
}
