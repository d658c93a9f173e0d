package import BatchDomain
import Foundation
import GRDB
import SystemKit

extension Workspace {
    /// The files and folders at a path of a datastore on this machine.
    ///
    /// - Throws: ``StudioError`` where the datastore is remote or there is no such folder.
    package func localEntries(at place: DatastorePath) async throws -> [DatastoreEntry] {
        let folder = try await localPath(of: place)
        let found: [FolderEntry]
        do {
            found = try FolderEntry.all(in: folder)
        } catch {
            throw StudioError(
                .file,
                "Datastore '\(place.datastore)' can't be read: \(error).",
                advice: "Check that the folder exists and that you may read it."
            )
        }
        return DatastoreEntry.ordered(found.compactMap(Self.entry))
    }

    private static func entry(_ found: FolderEntry) -> DatastoreEntry? {
        switch found.kind {
        case .folder: return DatastoreEntry(name: found.name, isFolder: true)
        case .file(let bytes, let seconds):
            let date = Date(timeIntervalSince1970: seconds)
            return DatastoreEntry(name: found.name, isFolder: false, bytes: bytes, modifiedAt: date)
        case .link:
            // What it leads to is read by jobs, as the folder or the file that it is.
            guard
                let status = try? FileManager.default.attributesOfItem(
                    atPath: URL(fileURLWithPath: found.path).resolvingSymlinksInPath().path
                )
            else { return nil }
            let isFolder = status[.type] as? FileAttributeType == .typeDirectory
            return DatastoreEntry(
                name: found.name,
                isFolder: isFolder,
                bytes: isFolder ? nil : (status[.size] as? NSNumber)?.intValue,
                modifiedAt: status[.modificationDate] as? Date
            )
        case .special, .unnamed: return nil
        }
    }

    /// What keeps a datastore from being deleted; nil when nothing does.
    package func user(of datastore: Datastore) async throws -> String? {
        try await database.read { db in try Self.user(of: datastore, db) }
    }

    /// The data assets whose files lie in a datastore, the newest first.
    package func dataAssets(in datastore: String) async throws -> [DataAsset] {
        try await database.read { db in
            try DataAsset.order(sql: "sequence DESC").fetchAll(db).filter { asset in
                if case .datastore(let path) = asset.path { path.datastore == datastore } else { false }
            }
        }
    }
}
