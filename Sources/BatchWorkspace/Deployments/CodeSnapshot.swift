import BatchDomain
import Foundation
import GRDB
import Glibc
import SystemKit

/// A copy of a folder of scoring code, named by what is in it: deployments and jobs with the same code share one.
struct CodeSnapshot {
    private let staging: String
    private let folder: WorkspaceFolder
    private let script: String
    private let name: String

    /// Copies the code beside its place; ``register(_:)`` gives it its name.
    init(_ code: ScoringCode, in folder: WorkspaceFolder) throws {
        self.folder = folder
        script = code.script
        staging = UnfinishedCopy.path(in: folder.code)
        do {
            _ = try FolderCopy.copy(from: code.folder, to: staging)
            try DurableFile.syncTree(staging)
            name = try Self.digest(of: staging)
        } catch {
            try? FileManager.default.removeItem(atPath: staging)
            throw error
        }
    }

    /// Puts the copy in its place, unless the same code is there: within the transaction that refers to it, so that no sweep can take it
    /// away in between.
    func register(_ db: Database) throws -> Scoring {
        let place = folder.code + "/" + name
        if FileManager.default.fileExists(atPath: place), try Self.digest(of: place) == name {
            discard()
        } else {
            // What has the name and not the content was changed by hand.
            try? FileManager.default.removeItem(atPath: place)
            try DurableFile.publish(staging, as: place)
        }
        try Leftover.deleteOne(db, key: WorkspaceFolder.code(name))
        return .script(ScoringCode(folder: place, script: script))
    }

    /// Removes the copy that was not registered.
    func discard() { try? FileManager.default.removeItem(atPath: staging) }

    /// The digest over names, kinds and bytes of all files, in the order of their names.
    ///
    /// Permissions are left out: a job makes large files read-only, before it links to them. So is compiled code, which Python may
    /// leave beside its source.
    private static func digest(of folder: String) throws -> String {
        var digest = SHA256()
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where !name.split(separator: "/").contains("__pycache__") {
            var status = stat()
            guard lstat(folder + "/" + name, &status) == 0 else { continue }
            let kind = status.st_mode & S_IFMT
            // What a folder takes differs from file system to file system.
            let size = kind == S_IFREG ? status.st_size : 0
            digest.update("\(name.utf8.count) \(name) \(String(kind, radix: 8)) \(size)\n".utf8)
            guard kind == S_IFREG else { continue }
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/" + name))
            defer { try? file.close() }
            while let data = try file.read(upToCount: 1 << 20), !data.isEmpty { digest.update(data) }
        }
        return digest.finalize()
    }
}

extension Workspace {
    /// Notes snapshots that neither a deployment nor a job uses any more, for ``sweep()`` to remove.
    static func noteUnusedCode(_ names: [String], _ db: Database) throws {
        for name in Set(names) where !name.isEmpty {
            let isUsed = try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM deployment WHERE code = ?1)
                        OR EXISTS (SELECT 1 FROM job WHERE code = ?1)
                    """,
                arguments: [name]
            )
            if isUsed == false { try Leftover(path: WorkspaceFolder.code(name)).save(db) }
        }
    }

    /// The names of the snapshots that deployments use.
    static func code(ofDeployments name: String?, of endpoint: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT code FROM deployment WHERE endpointName = ? AND name = coalesce(?, name) AND code IS NOT NULL",
            arguments: [endpoint, name]
        )
    }

    /// Removes the snapshots that nothing has used since before they were counted.
    package func sweepCode() async throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.code)) ?? []
        try await database.write { db in
            try Self.noteUnusedCode(names.filter { !$0.hasPrefix(".") }, db)
        }
    }
}
