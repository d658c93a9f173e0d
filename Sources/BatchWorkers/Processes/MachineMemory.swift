import Foundation

/// The memory of this machine.
package enum MachineMemory {
    /// True when less than a tenth of it is available.
    package static var isShort: Bool {
        let (total, available) = megabytes
        return available < total / 10
    }

    /// Its size and what is available of it; 0 where the system does not report it.
    package static var megabytes: (total: Int, available: Int) {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return (0, 0) }
        func kilobytes(_ name: String) -> Int? {
            text.split(separator: "\n").first { $0.hasPrefix(name + ":") }?.split(separator: " ").dropFirst().first
                .flatMap { Int($0) }
        }
        return ((kilobytes("MemTotal") ?? 0) / 1024, (kilobytes("MemAvailable") ?? 0) / 1024)
    }
}
