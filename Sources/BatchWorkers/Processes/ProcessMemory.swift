import Foundation
import Glibc

/// The memory of other processes.
package enum ProcessMemory {
    /// The bytes that a process holds in memory; nil when it is gone or the system does not report it.
    static func residentBytes(of pid: Int) -> Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/statm") else { return nil }
        let fields = data.split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// The bytes that a process and those it started hold together.
    ///
    /// Memory that forked processes share counts once. The system takes milliseconds a process to compute shares, so it is asked only
    /// when the plain sum is beyond the limit.
    package static func residentBytes(of pid: Int, with children: [Int], beyond limit: Int) -> Int? {
        guard let own = residentBytes(of: pid) else { return nil }
        let all = own + children.compactMap(residentBytes).reduce(0, +)
        guard !children.isEmpty, all > limit else { return own }
        return max(own, ([pid] + children).compactMap(share).reduce(0, +))
    }

    /// The bytes of a process, of those that it shares with others its part.
    private static func share(of pid: Int) -> Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/smaps_rollup") else {
            return residentBytes(of: pid)
        }
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Pss:") }
        let fields = line?.split(separator: " ") ?? []
        guard fields.count > 1, let kilobytes = Int(fields[1]) else { return residentBytes(of: pid) }
        return kilobytes * 1024
    }
}
