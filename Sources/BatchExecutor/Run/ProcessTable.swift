import Foundation

/// Which process started which, at one moment.
struct ProcessTable {
    private var children: [Int: [Int]] = [:]
    private var sessions: [Int: [Int]] = [:]

    /// Looks at all processes of the machine.
    static func current() -> ProcessTable {
        var table = ProcessTable()
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let pid = Int(name), let stat = FileManager.default.contents(atPath: "/proc/\(name)/stat") else {
                continue
            }
            table.add(pid, stat: stat)
        }
        return table
    }

    /// Notes a process by its line in `/proc`, whose second field may hold anything, blanks and brackets too.
    mutating func add(_ pid: Int, stat: Data) {
        guard let name = stat.lastIndex(of: UInt8(ascii: ")")) else { return }
        let fields = stat[stat.index(after: name)...].split(separator: UInt8(ascii: " ")).prefix(4)
        let numbers = fields.map { Int(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 4, let parent = numbers[1], let session = numbers[3] else { return }
        children[parent, default: []].append(pid)
        sessions[session, default: []].append(pid)
    }

    /// What a process has started, and what that has: its descendants, and all of the sessions that they lead.
    ///
    /// One whose parent has ended and that leads no session of the family's any more can't be told from a stranger.
    func family(of pid: Int) -> [Int] {
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
