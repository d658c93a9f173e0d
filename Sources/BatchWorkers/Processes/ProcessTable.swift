/// Which process started which, at one moment.
package struct ProcessTable {
    private var children: [Int: [Int]] = [:]
    private var sessions: [Int: [Int]] = [:]

    /// Looks at all processes of the machine.
    package static func current() -> ProcessTable {
        var table = ProcessTable()
        for pid in ProcessStat.allProcesses {
            if let stat = ProcessStat(of: pid) { table.add(pid, stat) }
        }
        return table
    }

    /// Adds a process.
    mutating func add(_ pid: Int, _ stat: ProcessStat) {
        children[stat.parent, default: []].append(pid)
        sessions[stat.session, default: []].append(pid)
    }

    /// The descendants of a process, and all processes of the sessions that they lead.
    ///
    /// One whose parent has ended and that leads no session of the family can't be distinguished from an unrelated one.
    package func family(of pid: Int) -> [Int] {
        var found: Set<Int> = [pid]
        var new = [pid]
        while let next = new.popLast() {
            for relative in children[next, default: []] + sessions[next, default: []]
            where found.insert(relative).inserted {
                new.append(relative)
            }
        }
        found.remove(pid)
        return found.sorted()
    }
}
