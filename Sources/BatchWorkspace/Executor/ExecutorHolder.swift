package import BatchDomain
import Foundation
import SystemKit

/// Who holds the executor's lock, and for which workspace: a line each in the lock's file.
package struct ExecutorHolder: Equatable, Sendable {
    /// Its process; 0 while it has not said.
    package var pid: Int
    /// The id of the workspace that it has opened; empty while it has not.
    package var workspaceID: String
    /// The file of the database that it has opened; empty while it has not.
    package var database: String
    /// The folder in which it found them.
    package var folder: String

    package init(pid: Int, workspaceID: String = "", database: String = "", folder: String = "") {
        self.pid = pid
        self.workspaceID = workspaceID
        self.database = database
        self.folder = folder
    }

    /// The content of the lock's file; an earlier version wrote the process only.
    package init(readingLockAt path: String) {
        let lines = FileLock.holder(at: path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func line(_ index: Int) -> String { lines.indices.contains(index) ? lines[index] : "" }
        self.init(pid: Int(line(0)) ?? 0, workspaceID: line(1), database: line(2), folder: line(3))
    }

    /// The holder as the lock's file has it.
    package var text: String { [String(pid), workspaceID, database, folder].joined(separator: "\n") + "\n" }

    /// Returns whether its process has the lock's file open: after a process was killed, the file names it until the next holder has written
    /// its own lines, and the number may be another's by then.
    package func holds(_ lock: String) -> Bool {
        guard pid > 0, let wanted = FileIdentity(at: lock) else { return false }
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []
        return descriptors.contains { FileIdentity(at: "/proc/\(pid)/fd/\($0)") == wanted }
    }

    /// Returns whether its database is the one in a folder now, under a path that still leads there.
    package func serves(_ workspace: WorkspaceFolder) -> Bool {
        if database.isEmpty { return true }
        return FileIdentity(at: workspace.database)?.description == database
            && FileIdentity(at: folder) == FileIdentity(at: workspace.path)
    }
}
