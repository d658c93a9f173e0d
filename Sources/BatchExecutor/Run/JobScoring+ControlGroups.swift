import BatchDomain
import BatchWorkspace

/// Control groups, where the system has them: nothing that a worker starts outlives it.
extension JobScoring {
    /// Gives a worker a group of its own, before it is told its job and may start anything.
    mutating func enclose(_ number: Int, pid: Int) async {
        guard let controlGroups else { return }
        let name = "\(job.name)-\(segmentName(of: number))"
        let mark = Orphans.mark(of: workspace.folder.path)
        let limit = job.specification.settings.memoryLimitPerWorker
        groups[number] = try? await DiskWork.run {
            controlGroups.enclose(pid, as: name, markedBy: mark, memoryLimit: limit)
        }
    }

    /// Ends what a worker that is gone has left behind; in words why, when the system killed it for want of memory.
    mutating func endGroup(of number: Int) async -> String? {
        guard let group = groups.removeValue(forKey: number) else { return nil }
        let death = group.memoryDeath
        try? await DiskWork.run { group.end() }
        switch death {
        case .byLimit:
            guard let limit = job.specification.settings.memoryLimitPerWorker else { return nil }
            return "needed more than the \(MemorySize.text(limit)) of memory_limit_per_worker"
        case .byMachine:
            return "held memory when the machine, or its container, had none left"
        case nil:
            return nil
        }
    }

    /// Ends what is left of all workers.
    mutating func endGroups() async {
        for number in groups.keys.sorted() { _ = await endGroup(of: number) }
    }
}
