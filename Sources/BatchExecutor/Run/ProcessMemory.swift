import Foundation
import Glibc

/// The memory of other processes.
enum ProcessMemory {
    /// The bytes that a process holds in memory; nil when it is gone or the system does not tell.
    static func residentBytes(of pid: Int) -> Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/statm") else { return nil }
        let fields = data.split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
