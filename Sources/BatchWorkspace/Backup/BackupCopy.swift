import BatchDomain
import Foundation
import Glibc
import SystemKit

/// Copies the files of a workspace beside the copy of its database.
struct BackupCopy {
    /// The parts of a workspace besides its database, locks, caches and secrets.
    private static let folders = ["models", "code", "blobs", "jobs"]

    /// Files copied so far.
    private(set) var files = 0
    /// Bytes copied so far.
    private(set) var bytes = 0
    private let from: WorkspaceFolder
    private let to: String
    private let unwanted: Set<String>

    init(from folder: WorkspaceFolder, to path: String, leavingOut outputs: [JobOutput]) {
        from = folder
        to = path
        unwanted = Set(outputs.compactMap(\.file))
    }

    /// Copies all of them; they are on the disk when it returns.
    mutating func run() throws {
        for name in Self.folders { try copyFolder(name) }
        try DurableFile.syncTree(to)
    }

    private mutating func copyFolder(_ relative: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: to + "/" + relative,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        // What a job has removed meanwhile is not needed by the copied database, or is scored again.
        let entries = try FolderEntry.all(in: from.path + "/" + relative, mayBeMissing: true)
        for entry in entries where isWanted(entry.name, in: relative) {
            let path = relative + "/" + entry.name
            switch entry.kind {
            case .folder: try copyFolder(path)
            case .file, .link: try copyFile(path)
            // Sockets and pipes belong to processes.
            case .special: continue
            case .unnamed: throw FileError(.open, entry.path, code: EILSEQ)
            }
        }
    }

    private mutating func copyFile(_ relative: String) throws {
        do throws(FileError) {
            bytes += try FileCopy.make(of: from.path + "/" + relative, to: to + "/" + relative).bytes
        } catch {
            if error.operation == .open, error.code == ENOENT { return }
            throw error
        }
        files += 1
    }

    private func isWanted(_ name: String, in folder: String) -> Bool {
        // Fetched files of a running job, and what is not yet what it is to become.
        let isInput = name == "inputs" && folder.hasPrefix("jobs/") && folder.split(separator: "/").count == 2
        let isPartial = name.hasPrefix(".partial-") || (name.hasPrefix(".") && name.contains(".partial-"))
        return !isInput && !isPartial && !unwanted.contains(from.path + "/" + folder + "/" + name)
    }
}
