import BatchDomain
import Foundation
import SystemKit

/// The folder of what is removed from a workspace: it is moved there within a transaction and deleted after it, for deleting may take
/// minutes, and no other process can write meanwhile.
struct Trash {
    private static let prefix = "removed-"

    private let folder: WorkspaceFolder

    init(_ folder: WorkspaceFolder) {
        self.folder = folder
    }

    /// Takes what is at a path, if there is something: afterwards the path is free.
    func take(_ path: String) throws {
        guard try FolderEntry(at: path) != nil else { return }
        // What lies on another disk can't be moved.
        guard make(), rename(path, folder.trash + "/" + Self.prefix + UUID().uuidString.lowercased()) == 0 else {
            return try FileManager.default.removeItem(atPath: path)
        }
    }

    /// Deletes what was taken, also by processes that were killed before they could; what can't be deleted stays.
    func empty() {
        guard isFolder else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.trash)) ?? []
        where name.hasPrefix(Self.prefix) {
            try? FileManager.default.removeItem(atPath: folder.trash + "/" + name)
        }
    }

    private func make() -> Bool { isFolder || mkdir(folder.trash, 0o700) == 0 || isFolder }

    /// False for a link: what it leads to is not the workspace's.
    private var isFolder: Bool { (try? FolderEntry(at: folder.trash)?.kind) == .folder }
}
