import BatchDomain
import BatchWorkers
import BatchWorkspace

/// Control groups, where the system has them: nothing that a worker starts outlives it.
extension JobScoring {
    /// Groups that workers are in.
    var groups: [Int: ControlGroup] {
        enclosures.compactMapValues { if case .done(let group) = $0 { group } else { nil } }
    }

    /// Whether a worker may be told its job, and so start anything.
    func isEnclosed(_ number: Int) -> Bool {
        if controlGroups == nil { return true }
        return if case .done = enclosures[number] { true } else { false }
    }

    /// Begins to put a worker into a group of its own; ``JobEvent/workerEnclosed(_:_:)`` follows.
    ///
    /// The first such move takes the system some milliseconds (2026-11-23: 7), in which other workers start.
    mutating func enclose(_ number: Int, pid: Int) {
        guard let controlGroups, enclosures[number] == nil else { return }
        let name = "\(job.name)-\(segmentName(of: number))"
        let mark = Orphans.mark(of: workspace.folder.path)
        let limit = job.specification.settings.memoryLimitPerWorker
        enclosures[number] = .begun(
            Task { [send] in
                let group = try? await DiskWork.run {
                    controlGroups.enclose(pid, as: name, markedBy: mark, memoryLimit: limit)
                }
                send.yield(.workerEnclosed(number, group))
                return group
            }
        )
    }

    /// Takes note that a worker is in its group, unless it has ended meanwhile.
    mutating func enclosed(_ number: Int, in group: ControlGroup?) {
        guard case .begun = enclosures[number] else { return }
        enclosures[number] = .done(group)
        tellJob(to: number)
    }

    /// Ends what a worker that is gone has left behind; in words why, when the system killed it for want of memory.
    mutating func endGroup(of number: Int) async -> String? {
        let group: ControlGroup? =
            switch enclosures.removeValue(forKey: number) {
            case .begun(let move): await move.value
            case .done(let group): group
            case nil: nil
            }
        guard let group else { return nil }
        let death = group.memoryDeath
        try? await DiskWork.run { group.end() }
        switch death {
        case .byLimit:
            guard let limit = job.specification.settings.memoryLimitPerWorker else { return nil }
            return "needed more than the \(ByteSize.exactText(limit)) of memory_limit_per_worker"
        case .byMachine:
            return "held memory when the machine, or its container, had none left"
        case nil:
            return nil
        }
    }

    /// Ends what is left of all workers.
    mutating func endGroups() async {
        for number in enclosures.keys.sorted() { _ = await endGroup(of: number) }
    }
}
