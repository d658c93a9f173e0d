import BatchDomain
import Foundation
import SystemKit

/// Finds the MLflow models in a folder and in those below it.
struct ModelSearch {
    /// Folders that hold no models of the project's own.
    private static let skipped: Set<String> = ["node_modules", "venv", "site-packages", "__pycache__"]
    /// Maximum levels of folders that are searched.
    private static let maxDepth = 3
    /// Maximum folders that are searched.
    private static let maxFolders = 2000

    /// The folder to search, absolute.
    let folder: String

    /// The only model.
    ///
    /// - Throws: ``StudioError`` when there is none, or more than one.
    func only() throws -> String {
        let found = try all()
        guard let first = found.first else {
            throw StudioError(
                .notFound,
                "No MLflow model was found in '\(folder)': no file 'MLmodel' in it or three levels below it.",
                advice:
                    "Name the model's folder with --model; 'batchstudio model list --tracking' lists those that MLflow keeps."
            )
        }
        guard found.count == 1 else {
            let names = found.prefix(5).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
            throw StudioError(
                .invalidState,
                "\(found.count) MLflow models were found in '\(folder)': \(names).",
                advice: "Name one with --model."
            )
        }
        return first
    }

    private func all() throws -> [String] {
        var found: [String] = []
        var level = [folder]
        var searched = 0
        for _ in 0...Self.maxDepth {
            var next: [String] = []
            for place in level {
                searched += 1
                if searched > Self.maxFolders { return found }
                let entries = try FolderEntry.all(in: place, mayBeMissing: true)
                if entries.contains(where: { $0.name == "MLmodel" }) {
                    // A model's folder holds no other model of its own.
                    found.append(place)
                    continue
                }
                next += entries.filter {
                    $0.kind == .folder && !$0.name.hasPrefix(".") && !Self.skipped.contains($0.name)
                }
                .map(\.path)
            }
            level = next
        }
        return found
    }
}
