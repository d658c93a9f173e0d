import BatchDomain
import Foundation
import GRDB
import SystemKit

/// A folder that is no longer needed, of something deleted or of a completed job's rows; noted with the change that makes it so, so
/// that none is forgotten when a process dies in between.
struct Leftover: Codable, FetchableRecord, PersistableRecord {
    /// The folder, from the workspace's.
    let path: String
}

extension Workspace {
    /// Removes the folders that are pending removal; one that can't be removed stays pending.
    package func sweep() async {
        if readOnlyReason != nil || place.displacement() != nil { return }
        let isClean = try? await database.read { db in try Leftover.fetchCount(db) == 0 }
        if isClean != true {
            // Within the transaction: no process can create again what is about to be removed.
            try? await database.write { db in
                for leftover in try Leftover.fetchAll(db) { try? folder.clear(leftover.path, db) }
            }
        }
        let trash = Trash(folder)
        try? await DiskWork.run { trash.empty() }
    }
}

extension WorkspaceFolder {
    /// Makes the place of something new free of what is left of something deleted.
    func clear(_ path: String, _ db: Database) throws {
        try Trash(self).take(self.path + "/" + path)
        try db.execute(sql: "DELETE FROM leftover WHERE path = ?", arguments: [path])
    }
}
