import Glibc

/// The size of folders, walked without an object for each file: an environment has tens of thousands.
package enum FolderSize {
    /// Adds up the regular files below a folder.
    ///
    /// A file with several names counts once for each; links are not followed, and what can't be read is left out.
    ///
    /// - Parameter folder: The folder; one that does not exist has no bytes.
    /// - Returns: The size in bytes.
    package static func bytes(of folder: String) -> Int {
        var waiting = [folder]
        var bytes = 0
        while let next = waiting.popLast() { add(next, &bytes, &waiting) }
        return bytes
    }

    private static func add(_ folder: String, _ bytes: inout Int, _ waiting: inout [String]) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { name in
                    var status = stat()
                    guard fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
                    switch status.st_mode & S_IFMT {
                    case S_IFREG: bytes += Int(status.st_size)
                    case S_IFDIR where strcmp(name, ".") != 0 && strcmp(name, "..") != 0:
                        // A folder whose name is not UTF-8 has no path here.
                        if let name = String(validatingCString: name) { waiting.append(folder + "/" + name) }
                    default: break
                    }
                }
            }
        }
    }
}
