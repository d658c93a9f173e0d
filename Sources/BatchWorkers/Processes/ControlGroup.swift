import Foundation
import Glibc

/// A control group of one worker's own: what the worker starts is in it, whatever its session, parent or environment.
package struct ControlGroup: Hashable, Sendable {
    /// The limit for which processes of a group were killed when memory ran out.
    package enum MemoryDeath: Equatable {
        /// The system, because the group went beyond its limit.
        case byLimit
        /// The system, which had none left.
        case byMachine
    }

    /// So long processes that were killed may take to be gone.
    private static let killTimeout: Duration = .seconds(2)

    /// The group's folder.
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Bounds what all in it hold together, where the system does that.
    func limitMemory(to bytes: Int) {
        guard write("\(bytes)", to: "memory.max") else { return }
        write("0", to: "memory.swap.max")
        write("1", to: "memory.oom.group")
    }

    /// Takes a process in, with all its threads; what it has started before stays where it is.
    ///
    /// - Returns: Whether the system has done so; never for this process itself.
    package func add(_ pid: Int) -> Bool {
        pid > 1 && pid != getpid() && write("\(pid)", to: "cgroup.procs")
    }

    /// Those in it, and in groups that they have made in it.
    package var processes: [Int] { folders.flatMap { Self.processes(in: read($0 + "/cgroup.procs")) } }

    /// The limit for which some of them were killed when memory ran out; nil when none was.
    package var memoryDeath: MemoryDeath? { Self.memoryDeath(in: read(path + "/memory.events")) }

    /// Kills all that are in it, and removes it.
    package func end() {
        if rmdir(path) == 0 || errno == ENOENT { return }
        kill()
        let deadline = ContinuousClock.now + Self.killTimeout
        while ContinuousClock.now < deadline {
            for folder in folders { rmdir(folder) }
            if access(path, F_OK) != 0 { return }
            usleep(2_000)
        }
    }

    private func kill() {
        // Linux 5.14; before, a process may start others faster than it is found.
        if write("1", to: "cgroup.kill") { return }
        for _ in 0..<100 {
            let left = processes.filter { $0 > 1 && $0 != getpid() }
            if left.isEmpty { return }
            for pid in left { Glibc.kill(pid_t(pid), SIGKILL) }
            usleep(2_000)
        }
    }

    /// Its folder and those in it, the innermost first.
    private var folders: [String] { Self.folders(in: path) }

    private static func folders(in path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.flatMap { name in
            var isFolder: ObjCBool = false
            let inner = path + "/" + name
            let exists = FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder)
            return exists && isFolder.boolValue ? folders(in: inner) : []
        } + [path]
    }

    /// Process ids by lines; one of another namespace, shown as 0, is left out.
    static func processes(in lines: String) -> [Int] {
        lines.split(separator: "\n").compactMap { Int($0) }.filter { $0 > 0 }
    }

    /// The counters of `memory.events`.
    package static func memoryDeath(in events: String) -> MemoryDeath? {
        func count(_ name: String) -> Int {
            let line = events.split(separator: "\n").first { $0.hasPrefix(name + " ") }
            return line.flatMap { Int($0.dropFirst(name.count + 1)) } ?? 0
        }
        guard count("oom_kill") > 0 else { return nil }
        return count("oom") > 0 ? .byLimit : .byMachine
    }

    private func read(_ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }

    /// Writes to a file that the system made; false where it has made none, or refuses.
    @discardableResult
    private func write(_ text: String, to file: String) -> Bool {
        let descriptor = open(path + "/" + file, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count
    }
}
