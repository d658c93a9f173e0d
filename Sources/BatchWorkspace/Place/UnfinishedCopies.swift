import BatchDomain
import Foundation

/// A copy of a model or of code that has no place of its own yet: a process that is killed while it copies leaves it.
enum UnfinishedCopy {
    private static let prefix = ".partial-"
    /// Minimum age, in seconds, of a copy that is taken for one whose process was killed.
    private static let minAge: TimeInterval = 86_400

    /// The path of a new copy in a folder.
    static func path(in folder: String) -> String { folder + "/" + prefix + UUID().uuidString.lowercased() }

    /// Removes those that no process can be writing any more.
    static func sweep(_ folder: String) {
        let manager = FileManager.default
        let yesterday = Date(timeIntervalSinceNow: -minAge)
        for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            let path = folder + "/" + name
            let changed = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let changed, changed < yesterday { try? manager.removeItem(atPath: path) }
        }
    }
}

extension WorkspaceFolder {
    /// The path of a new folder that a model is downloaded to before it is copied to its place.
    package var modelDownload: String { UnfinishedCopy.path(in: models) }
}

extension Workspace {
    /// Removes the copies of models and code that killed processes have left.
    package func sweepUnfinishedCopies() {
        if readOnlyReason != nil { return }
        for folder in [folder.models, folder.code] { UnfinishedCopy.sweep(folder) }
    }
}
