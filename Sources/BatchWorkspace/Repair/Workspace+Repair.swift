package import BatchDomain
package import Foundation
import GRDB
import SystemKit

extension Workspace {
    /// Returns whether a folder holds a workspace, be it one whose database is lost.
    package static func exists(_ folder: WorkspaceFolder) -> Bool {
        FileManager.default.fileExists(atPath: folder.database) || DatabaseDamage.hasContents(folder)
    }

    /// Checks that the database of a workspace exists and is intact; writes nothing and creates none.
    ///
    /// - Throws: ``StudioError`` that says what is wrong with it, with code `damaged` where a repair helps.
    package static func checkDatabase(_ folder: WorkspaceFolder) throws {
        try DatabaseDamage.checkLoss(folder)
        do {
            try reader(of: folder).read { db in
                try DatabaseDamage.check(db, isThorough: true)
                if try Schema.migrator.hasBeenSuperseded(db) { throw try newer(folder, Schema.migrator, db) }
            }
        } catch {
            throw explanation(of: error, in: folder) ?? error
        }
    }

    /// Sets the database aside under a new name and brings what can be read of it into a new one.
    ///
    /// The old files are only moved, never written to. Models and jobs whose rows are lost are listed.
    ///
    /// - Parameters:
    ///   - folder: The workspace.
    ///   - now: The time, which is in the old database's new name.
    /// - Returns: What was done.
    /// - Throws: ``StudioError`` while an executor runs, and when the database is a newer version's.
    package static func repair(_ folder: WorkspaceFolder, at now: Date = Date()) throws -> RepairReport {
        guard let lock = try FileLock.attempt(at: folder.executorLock) else {
            throw StudioError(
                .inUse,
                "The executor of the workspace \(folder.path) runs.",
                advice: "Stop it first: batchstudio executor stop"
            )
        }
        defer { lock.release() }
        return try FileLock.withLock(at: folder.database + ".setup") {
            let (old, tables) = try DatabaseReplacement(in: folder).run(at: now)
            return RepairReport(
                setAside: old,
                tables: tables,
                models: try lostModels(folder),
                jobs: try lostJobs(folder)
            )
        }
    }

    /// Registers a model whose files are in the workspace already.
    package func adopt(_ lost: RepairReport.LostModel, _ registration: ModelRegistration) async throws -> Model {
        let createdAt = now()
        return try await database.write { db in
            let model = Model(
                name: lost.id.name,
                version: lost.id.version,
                kind: registration.kind,
                description: registration.description,
                tags: registration.tags,
                properties: registration.properties,
                source: registration.source,
                path: lost.path,
                bytes: Self.bytes(at: lost.path),
                mlflow: registration.mlflow,
                createdAt: createdAt
            )
            try model.stored(db).insert(db)
            return model
        }
    }

    private static func lostModels(_ folder: WorkspaceFolder) throws -> [RepairReport.LostModel] {
        let known = try Set(rows(folder, "SELECT name || '/' || version FROM model"))
        return names(in: folder.models).flatMap { name in
            names(in: "\(folder.models)/\(name)").compactMap { version in
                let place = "\(folder.models)/\(name)/\(version)"
                guard !known.contains("\(name)/\(version)"), let leaf = names(in: place).first,
                    NameRule.model.problems(in: name).isEmpty, NameRule.version.problems(in: version).isEmpty
                else { return nil }
                return RepairReport.LostModel(
                    id: AssetVersion(name: name, version: version),
                    path: place + "/" + leaf
                )
            }
        }
    }

    private static func lostJobs(_ folder: WorkspaceFolder) throws -> [String] {
        let known = try Set(rows(folder, "SELECT name FROM job"))
        return names(in: folder.path + "/jobs").filter { !known.contains($0) }
    }

    private static func rows(_ folder: WorkspaceFolder, _ sql: String) throws -> [String] {
        try DatabaseQueue(path: folder.database).read { db in try String.fetchAll(db, sql: sql) }
    }

    private static func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func bytes(at path: String) -> Int {
        let inside = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return ([path] + inside.map { path + "/" + $0 }).reduce(0) { sum, file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
            return sum + (isFile ? (attributes?[.size] as? NSNumber)?.intValue ?? 0 : 0)
        }
    }
}
