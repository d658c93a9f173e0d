import BatchDomain
import Foundation
import GRDB
import SystemKit

/// A model that has been copied into the workspace, but has no version there yet.
struct StagedModel: Sendable {
    private let registration: ModelRegistration
    private let folder: WorkspaceFolder
    private let staging: String
    private let bytes: Int

    /// Copies the model; the copy is on the disk before a row names it.
    ///
    /// - Throws: ``ValidationError`` for names; ``StudioError`` when the folder is missing or links out of itself; ``FileError``.
    init(_ registration: ModelRegistration, in folder: WorkspaceFolder) throws {
        var problems = NameRule.model.problems(in: registration.name)
        if let version = registration.version {
            problems += NameRule.version.problems(in: version, field: "version")
        }
        try ValidationError.throwIfAny(problems)
        self.registration = registration
        self.folder = folder
        staging = UnfinishedCopy.path(in: folder.models)
        do {
            bytes = try FolderCopy.copy(from: registration.path, to: staging)
            try DurableFile.syncTree(staging)
        } catch {
            try? FileManager.default.removeItem(atPath: staging)
            throw error
        }
    }

    /// Gives the model its version and its place.
    ///
    /// - Throws: ``StudioError`` when the version exists.
    func register(_ db: Database, at date: Date) throws -> Model {
        let version = try Model.nextVersion(db, name: registration.name, wanted: registration.version)
        let path = WorkspaceFolder.model(AssetVersion(name: registration.name, version: version))
        let place = folder.path + "/" + path
        let model = Model(
            name: registration.name,
            version: version,
            kind: registration.kind,
            description: registration.description,
            tags: registration.tags,
            properties: registration.properties,
            source: registration.source,
            path: place + "/" + (registration.path as NSString).lastPathComponent,
            bytes: bytes,
            mlflow: registration.mlflow,
            createdAt: date
        )
        try model.stored(db).insert(db)
        // A folder without a row is what a killed registration or deletion left behind.
        try folder.clear(path, db)
        try FileManager.default.createDirectory(
            atPath: place,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try DurableFile.publish(staging, as: model.path)
        for folder in [(place as NSString).deletingLastPathComponent, folder.models] { try DurableFile.sync(folder) }
        db.afterNextTransaction(
            onCommit: { _ in },
            onRollback: { _ in try? FileManager.default.removeItem(atPath: place) }
        )
        return model
    }

    /// Removes what has found no place.
    func discard() {
        try? FileManager.default.removeItem(atPath: staging)
    }
}
