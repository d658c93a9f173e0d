import Foundation
import Glibc

/// Orphaned processes: those of a dead executor, and those that a scoring script started in their own session.
///
/// They carry the workspace's mark in their environment, and those that a script started the name of its job.
package enum Orphans {
    /// The mark of a workspace: the path of its folder, which no two workspaces share.
    package static func mark(of folder: String) -> String {
        URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    }

    /// Kills them all, with what they started; only for the holder of the executor's lock.
    package static func killAll(markedBy mark: String) -> Int {
        killAll([Data("BATCHSTUDIO_WORKSPACE_ID=\(mark)".utf8)])
    }

    /// Kills what the scripts of a job started and left behind.
    package static func killAll(of job: String, markedBy mark: String) -> Int {
        killAll([Data("BATCHSTUDIO_WORKSPACE_ID=\(mark)".utf8), Data("BATCHSTUDIO_JOB=\(job)".utf8)])
    }

    /// Kills those whose parent is neither this process nor one of them: what a script has forked and sent away.
    package static func killDetached(markedBy mark: String) -> Int {
        let wanted = [Data("BATCHSTUDIO_WORKSPACE_ID=\(mark)".utf8)]
        let marked = processes(with: wanted)
        let orphans = marked.filter { pid in
            guard let parent = ProcessStat(of: Int(pid))?.parent else { return false }
            return parent != getpid() && !marked.contains(pid_t(parent))
        }
        for pid in orphans { end(pid) }
        return orphans.count
    }

    private static func killAll(_ wanted: [Data]) -> Int {
        let found = processes(with: wanted)
        for pid in found { end(pid) }
        return found.count
    }

    private static func end(_ pid: pid_t) {
        if getpgid(pid) == pid { killpg(pid, SIGKILL) }
        kill(pid, SIGKILL)
    }

    private static func processes(with wanted: [Data]) -> Set<pid_t> {
        var found: Set<pid_t> = []
        for pid in ProcessStat.allProcesses.map(pid_t.init) {
            guard pid != getpid(), let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ"),
                case let variables = environment.split(separator: 0), wanted.allSatisfy(variables.contains)
            else { continue }
            found.insert(pid)
        }
        return found
    }
}
