import Glibc

extension Workspace {
    /// Whether an executor runs: whether some process holds the lock, told without touching the lock.
    ///
    /// Trying to take it, as a starting executor does, could be just what keeps that one from starting.
    package var hasExecutor: Bool {
        var status = stat()
        guard stat(folder.executorLock, &status) == 0, let file = fopen("/proc/locks", "re") else { return false }
        defer { fclose(file) }
        // "1: FLOCK  ADVISORY  WRITE 708 08:01:1234 0 EOF"
        var line: [CChar] = Array(repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", words[3] == "WRITE" else { continue }
            if words[5].split(separator: ":").last == Substring(String(status.st_ino)) { return true }
        }
        return false
    }
}
