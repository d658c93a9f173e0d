package import BatchDomain
import Foundation
import Glibc

/// The permission of this user to change a workspace, with the owner where it is missing.
package enum WorkspaceAccess: Equatable, Sendable {
    case writable
    /// In words: `owned by anna`.
    case readOnly(String)

    /// The permission at this moment; a workspace that does not exist counts as writable.
    ///
    /// - Throws: ``StudioError`` when it may not even be read.
    package init(to folder: WorkspaceFolder) throws(StudioError) {
        var status = stat()
        guard stat(folder.database, &status) == 0 else {
            // A folder that may not be searched hides its database.
            if errno == EACCES { throw Self.unreadable(folder) }
            self = .writable
            return
        }
        guard access(folder.database, R_OK) == 0 else { throw Self.unreadable(folder) }
        for path in [folder.path, folder.database, folder.database + "-wal"] {
            guard access(path, path == folder.path ? W_OK | X_OK : W_OK) != 0, errno != ENOENT else { continue }
            let place = errno == EROFS ? "on a read-only file system, " : ""
            self = .readOnly(place + "owned by \(Self.owner(of: folder))")
            return
        }
        self = .writable
    }

    /// The name of the user whose workspace it is.
    package static func owner(of folder: WorkspaceFolder) -> String {
        var status = stat()
        let path = stat(folder.database, &status) == 0 ? folder.database : folder.path
        guard stat(path, &status) == 0 else { return "an unknown user" }
        guard let entry = getpwuid(status.st_uid), let name = entry.pointee.pw_name else {
            return "user \(status.st_uid)"
        }
        return String(cString: name)
    }

    /// The refusal of a change; nil where changes are allowed.
    package func refusal(of folder: WorkspaceFolder) -> StudioError? {
        guard case .readOnly(let reason) = self else { return nil }
        return StudioError(
            .workspace,
            "The workspace \(folder.path) is read-only: \(reason). Nothing was changed.",
            advice: "Work on a copy of it, or choose another with --workspace DIR.",
            inStudio: "Work on a copy of it."
        )
    }

    private static func unreadable(_ folder: WorkspaceFolder) -> StudioError {
        StudioError(
            .workspace,
            "The workspace \(folder.path) can't be read: it is owned by \(owner(of: folder)).",
            advice: "Choose another with --workspace DIR or $BATCHSTUDIO_WORKSPACE."
        )
    }
}
