import Foundation
import Glibc

/// Processes that a dead executor left behind; they carry the workspace's mark in their environment.
enum Orphans {
    /// The mark of a workspace: the path of its folder, which no two workspaces share.
    static func mark(of folder: String) -> String { URL(fileURLWithPath: folder).resolvingSymlinksInPath().path }

    /// Kills them all, with what they started; only for the holder of the executor's lock.
    static func killAll(markedBy mark: String) -> Int {
        let wanted = Data("BATCHSTUDIO_WORKSPACE_ID=\(mark)".utf8)
        var killed = 0
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let pid = pid_t(name), pid != getpid(),
                let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ"),
                environment.split(separator: 0).contains(wanted)
            else { continue }
            if getpgid(pid) == pid { killpg(pid, SIGKILL) }
            kill(pid, SIGKILL)
            killed += 1
        }
        return killed
    }
}
