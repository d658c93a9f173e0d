package import Foundation

/// The fields of `/proc/PID/stat` that name a process's state and relatives.
package struct ProcessStat: Equatable, Sendable {
    /// The letter of its state: `R` runs, `S` sleeps, `Z` is a zombie.
    package let state: Character
    /// The process that started it, or the one that adopted it.
    package let parent: Int
    /// Its process group.
    package let group: Int
    /// Its session.
    package let session: Int

    /// True when it has ended; its parent has not collected its exit code yet.
    package var isEnded: Bool { state == "Z" || state == "X" }

    /// Reads a line; nil when it is not complete.
    ///
    /// The second field is the program's name, which may hold anything, blanks and brackets too: the last bracket ends it.
    package init?(_ line: Data) {
        guard let name = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = line[line.index(after: name)...].split(separator: UInt8(ascii: " ")).prefix(4)
            .map { String(decoding: $0, as: UTF8.self) }
        guard fields.count == 4, let state = fields[0].first, fields[0].count == 1, let parent = Int(fields[1]),
            let group = Int(fields[2]), let session = Int(fields[3])
        else { return nil }
        self.state = state
        self.parent = parent
        self.group = group
        self.session = session
    }

    /// Reads the line of a process; nil when there is none.
    package init?(of pid: Int) {
        guard let line = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
        self.init(line)
    }

    /// The ids of all processes of the machine.
    package static var allProcesses: [Int] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int($0) }
    }
}
