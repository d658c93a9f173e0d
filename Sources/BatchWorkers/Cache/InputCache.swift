import BatchDomain
import FoundationEssentials
import Glibc
import SystemKit

/// The downloaded inputs of a workspace, from outside of the process that fetches them (`fetching/cache.py`).
///
/// A job uses a file through a hard link of its own: removing the cache's name of it breaks no job.
struct InputCache {
    /// The beginning of the name of a file that is being downloaded: the process's id follows.
    private static let partial = ".partial-"

    /// The folder.
    let folder: String

    /// The folder as a part of the cache; nil where there is none.
    func part(of workspace: String) throws -> CachePart? {
        guard try FolderEntry(at: folder) != nil else { return nil }
        let files = try files()
        let lastUse = files.map(\.lastUse).max()
        return CachePart(
            kind: .input,
            name: "inputs",
            path: folder,
            bytes: files.reduce(0) { $0 + $1.bytes },
            idleBytes: files.reduce(0) { $0 + ($1.isInUse ? 0 : $1.bytes) },
            lastUse: lastUse.map { Date(timeIntervalSince1970: Double($0)) },
            state: !files.isEmpty && files.allSatisfy(\.isInUse) ? .inUse : .idle,
            purpose: workspace
        )
    }

    /// Removes the files that no job uses and no process is downloading.
    func removeIdle() throws {
        for file in try files() where !file.isInUse {
            guard unlink(file.path) == 0 || errno == ENOENT else { throw FileError(.write, file.path) }
        }
    }

    private struct File {
        var path: String
        var bytes: Int
        var lastUse: Int
        var isInUse: Bool
    }

    private func files() throws -> [File] {
        try FolderEntry.all(in: folder, mayBeMissing: true).compactMap { entry in
            var status = stat()
            guard lstat(entry.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            let isInUse = process(writing: entry.name).map(isAlive) ?? (status.st_nlink > 1)
            return File(
                path: entry.path,
                bytes: Int(status.st_blocks) * 512,
                lastUse: status.st_atim.tv_sec,
                isInUse: isInUse
            )
        }
    }

    private func process(writing name: String) -> Int32? {
        guard name.hasPrefix(Self.partial) else { return nil }
        return Int32(name.dropFirst(Self.partial.count).prefix { $0 != "-" }) ?? 0
    }

    private func isAlive(_ process: Int32) -> Bool { process > 0 && (kill(process, 0) == 0 || errno != ESRCH) }
}
