package import BatchDomain
import Foundation
import GRDB
import Glibc
import SystemKit

extension Workspace {
    /// Copies the workspace as it is at this moment into a new or empty folder, whatever is running.
    ///
    /// The database is copied by SQLite in one step; the files follow, of which none that the copied database names is ever
    /// changed or shortened. What is not copied: secrets, fetched inputs, and the output of jobs that are unfinished in the copied
    /// database, which score it again.
    ///
    /// - Throws: ``StudioError`` when the folder is not empty or lies in the workspace; errors of writing there.
    package func backUp(to path: String) async throws -> BackupReport {
        let isNew = try Self.prepare(path, outside: folder)
        do {
            let unfinished = try copyDatabase(to: path + "/studio.sqlite")
            var copy = BackupCopy(from: folder, to: path, leavingOut: unfinished)
            try copy.run()
            try DurableFile.sync((path as NSString).deletingLastPathComponent)
            return BackupReport(
                folder: path,
                files: copy.files + 1,
                bytes: copy.bytes + Self.size(of: path + "/studio.sqlite")
            )
        } catch {
            // Half a backup would be taken for one.
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
                try? FileManager.default.removeItem(atPath: path + "/" + name)
            }
            if isNew { rmdir(path) }
            throw error
        }
    }

    /// Makes the folder unless it is there; whether it was made.
    private static func prepare(_ path: String, outside folder: WorkspaceFolder) throws -> Bool {
        let parent = WorkspaceFolder(path: (path as NSString).deletingLastPathComponent)
        let roots = [folder.path, folder.realPath]
        if [path, parent.realPath].contains(where: { StoredPath.relative($0, to: roots) != nil }) {
            throw StudioError(
                .file,
                "The backup's folder \(path) lies in the workspace itself.",
                advice: "Choose one outside of it."
            )
        }
        if mkdir(path, 0o700) == 0 { return true }
        let code = errno
        guard code == EEXIST, let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw StudioError(
                .file,
                "The backup's folder \(path) can't be made: \(String(cString: strerror(code))).",
                advice: "Choose another."
            )
        }
        guard names.isEmpty else {
            throw StudioError(
                .alreadyExists,
                "The backup's folder \(path) is not empty. Nothing was changed.",
                advice: "Choose one that does not exist."
            )
        }
        return false
    }

    /// Copies the database; returns what unfinished jobs in it may have at their outputs' places.
    private func copyDatabase(to path: String) throws -> [JobOutput] {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        let copy = try DatabaseQueue(path: path, configuration: Configuration(of: folder))
        try database.connections.backup(to: copy)
        let unfinished = try copy.read { db in try JobRecord.unfinished.fetchAll(db).map(\.specification.output) }
        try copy.close()
        return unfinished
    }

    private static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue ?? 0
    }
}
