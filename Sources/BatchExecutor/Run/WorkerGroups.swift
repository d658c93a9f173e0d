import BatchDomain
import BatchWorkers
import BatchWorkspace
import SystemKit

/// The control groups of a job's workers, where the system has them: nothing that a worker starts outlives it.
struct WorkerGroups {
    /// How far a worker is on its way into a group.
    private enum Move {
        case begun(Task<ControlGroup?, Never>)
        /// Nil when the system refused it one.
        case done(ControlGroup?)
    }

    /// Where groups are made; nil where the system has none for workers.
    private let controlGroups: ControlGroups?
    private let job: String
    private let mark: String
    private let memoryLimit: Int?
    private let send: AsyncStream<JobEvent>.Continuation
    private var moves: [Int: Move] = [:]

    init(of job: Job, in folder: WorkspaceFolder, isRemote: Bool, send: AsyncStream<JobEvent>.Continuation) {
        controlGroups = isRemote ? nil : ControlGroups.current()
        self.job = job.name
        mark = Orphans.mark(of: folder.path)
        memoryLimit = job.specification.settings.memoryLimitPerWorker
        self.send = send
    }

    /// The groups that workers are in.
    var current: [Int: ControlGroup] { moves.compactMapValues { if case .done(let group) = $0 { group } else { nil } } }

    /// Returns whether a worker may receive its job, and so start other processes.
    func isAssigned(_ number: Int) -> Bool {
        if controlGroups == nil { return true }
        return if case .done = moves[number] { true } else { false }
    }

    /// Begins to add a worker to a group of its own; ``JobEvent/workerEnclosed(_:_:)`` follows.
    ///
    /// The first such move takes the system some milliseconds (2026-11-23: 7), in which other workers start.
    mutating func add(_ number: Int, named worker: String, pid: Int) {
        guard let controlGroups, moves[number] == nil else { return }
        moves[number] = .begun(
            Task { [name = "\(job)-\(worker)", mark, memoryLimit, send] in
                let group = try? await DiskWork.run {
                    controlGroups.enclose(pid, as: name, markedBy: mark, memoryLimit: memoryLimit)
                }
                send.yield(.workerEnclosed(number, group))
                return group
            }
        )
    }

    /// Keeps the group that a worker is in now; false when it has ended meanwhile.
    mutating func assign(_ number: Int, in group: ControlGroup?) -> Bool {
        guard case .begun = moves[number] else { return false }
        moves[number] = .done(group)
        return true
    }

    /// Ends what a worker that is gone has left behind; in words why, when the system killed it because memory ran out.
    mutating func end(_ number: Int) async -> String? {
        let group: ControlGroup? =
            switch moves.removeValue(forKey: number) {
            case .begun(let move): await move.value
            case .done(let group): group
            case nil: nil
            }
        guard let group else { return nil }
        let death = group.memoryDeath
        try? await DiskWork.run { group.end() }
        return switch death {
        case .byLimit:
            memoryLimit.map { "needed more than the \(ByteSize.exactText($0)) of memory_limit_per_worker" }
        case .byMachine:
            "held memory when the machine, or its container, had none left"
        case nil:
            nil
        }
    }

    /// Ends what is left of all workers.
    mutating func endAll() async {
        for number in moves.keys.sorted() { _ = await end(number) }
    }
}
