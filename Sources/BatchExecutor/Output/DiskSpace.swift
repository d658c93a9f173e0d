import Glibc

/// Free space on a disk.
enum DiskSpace {
    /// True when there is enough space to resume after a full disk: 64 MB and 128 inodes, or an eighth of a disk that is small.
    static func isEnough(at path: String) -> Bool {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return false }
        let enough = min(64 << 20, UInt64(status.f_blocks) * UInt64(status.f_frsize) / 8)
        guard UInt64(status.f_bavail) * UInt64(status.f_frsize) > enough else { return false }
        // Where a file system makes inodes as it needs them, it says that there are none.
        return status.f_files == 0 || status.f_favail > min(128, status.f_files / 8)
    }
}
