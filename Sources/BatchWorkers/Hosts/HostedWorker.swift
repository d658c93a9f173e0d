import Glibc

/// The state of one worker in its host's process.
struct HostedWorker: Sendable {
    /// Has a worker on a node of a cluster killed; nil where its process is on this machine.
    var killRemotely: (@Sendable () -> Void)?
    var pid: Int?
    var connection: WorkerConnection?
    var isClosed = false
    var exitStatus: Int?
    /// It is to be killed, as soon as its process is known.
    var isDoomed = false
    /// Why its node is lost, if it is.
    var lostNode: String?
    /// What was left of its group was killed after its end.
    var isGroupGone = false
    /// The executor asked for its end while it lived: a signal that ends it is the executor's, not the system's.
    var isKilledByExecutor = false
    /// It lost its host, and was not ended by anything of its own.
    var lostItsHost = false
    var onEvent: @Sendable (WorkerEvent) -> Void

    /// True when the process is gone and all its messages were received.
    var hasEnded: Bool { exitStatus != nil && (isClosed || connection == nil) }

    /// Kills a doomed worker and its group.
    ///
    /// The number of a worker that has ended is free for another process: only what is left of its group is killed, once.
    mutating func killIfDoomed() {
        guard isDoomed, !isGroupGone else { return }
        if let killRemotely {
            isGroupGone = true
            if exitStatus == nil { killRemotely() }
            return
        }
        guard let pid = pid.map(pid_t.init) else { return }
        let hasGroup = killpg(pid, SIGKILL) == 0
        // A process that was forked this instant may not have a group of its own yet.
        if exitStatus == nil, !hasGroup { kill(pid, SIGKILL) }
        isGroupGone = exitStatus != nil
    }

    /// Reports the end of a worker that has ended.
    func tellEnd() {
        guard let exitStatus else { return }
        let words = ProcessEnd.describe(exitStatus, isKilledByExecutor: isKilledByExecutor)
        let isLost = lostItsHost || lostNode != nil
        let reason = lostNode.map { "was lost: \($0)" } ?? (lostItsHost ? "lost its host, which \(words)" : words)
        let signal = exitStatus < 0 && !isLost ? -exitStatus : nil
        onEvent(.ended(reason: reason, lostItsHost: isLost, signal: signal))
    }
}
