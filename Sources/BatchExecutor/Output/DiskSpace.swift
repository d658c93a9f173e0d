import Glibc

/// Free space on a disk.
enum DiskSpace {
    /// Whether there is enough to go on after a full disk: 64 MB.
    static func isEnough(at path: String) -> Bool {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return false }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize) > 64 << 20
    }
}
