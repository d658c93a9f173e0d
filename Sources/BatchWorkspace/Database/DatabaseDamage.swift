package import BatchDomain
import Foundation
import GRDB

/// Detects a damaged database before anything is written to it.
enum DatabaseDamage {
    /// Databases of this many bytes are looked through whole whenever they are opened: that takes some milliseconds.
    static let smallEnough = 4 << 20

    /// Looks through the pages of a database, all of them or, in a large one that need not be sure, its first.
    ///
    /// - Throws: `DatabaseError` with a code of damage.
    static func check(_ db: Database, isThorough: Bool) throws {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        guard isThorough || pages * pageSize <= smallEnough else { return }
        let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "ok"
        guard answer == "ok" else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT,
                message: answer.split(separator: "\n").last.map { String($0) }
            )
        }
    }

    /// Refuses a workspace whose database is missing or empty although there are models or jobs.
    static func checkLoss(_ folder: WorkspaceFolder) throws(StudioError) {
        let size = (try? FileManager.default.attributesOfItem(atPath: folder.database))?[.size] as? Int
        // A log alone is what a killed repair has left.
        let isEmpty = size.map { $0 == 0 && !FileManager.default.fileExists(atPath: folder.database + "-wal") } ?? true
        if isEmpty, hasContents(folder) { throw refusal(folder, size == nil ? "it is gone" : "it is empty") }
    }

    /// The contents of a workspace whose database is missing or empty: models, jobs, or the result of a repair that was killed.
    static func hasContents(_ folder: WorkspaceFolder) -> Bool {
        if DatabaseReplacement.isUnfinished(folder) { return true }
        return [folder.models, folder.path + "/jobs"].contains { path in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return names.contains { !$0.hasPrefix(".") }
        }
    }

    /// The refusal of a damaged database.
    static func refusal(_ folder: WorkspaceFolder?, _ detail: String) -> StudioError {
        StudioError(
            .damaged,
            "The database of the workspace\(folder.map { ", \($0.database)," } ?? "") is damaged: \(detail). "
                + "Nothing was changed.",
            advice: "batchstudio doctor --repair sets it aside and brings what can be read of it into a new one.",
            inStudio: "Quit the studio and repair the workspace with the doctor command."
        )
    }
}

extension Workspace {
    /// SQLite's reason, where the user can act on it; nil for every other error.
    package static func explanation(of error: any Error, in folder: WorkspaceFolder? = nil) -> StudioError? {
        if let displaced = error as? WorkspaceDisplaced {
            return StudioError(.workspace, displaced.description, advice: "Open it again where it is now.")
        }
        guard let error = error as? DatabaseError else { return nil }
        let detail = error.message ?? "SQLite error \(error.resultCode)"
        switch error.resultCode.primaryResultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return DatabaseDamage.refusal(folder, detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return StudioError(
                .workspace,
                "The workspace is busy: other processes have been writing to it all the time. Nothing was changed.",
                advice: "Try again."
            )
        case .SQLITE_FULL:
            return StudioError(
                .workspace,
                "There is no space left for the workspace's database. Nothing was changed.",
                advice: "Make room and try again."
            )
        case .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return StudioError(
                .workspace,
                "The workspace's database can't be read or written: \(detail). Nothing was changed.",
                advice: "Check the permissions of the workspace's folder, and the disk."
            )
        default: return nil
        }
    }
}
