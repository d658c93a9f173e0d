package import BatchDomain
package import Glibc

extension InputFile {
    /// A file as the system describes it.
    package init(path: [UInt8], _ status: stat) {
        self.init(
            path: path,
            size: Int(status.st_size),
            modified: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
        )
    }

    /// The file at a path below a root as it is now; nil when it is gone.
    ///
    /// - Parameters:
    ///   - path: Its path.
    ///   - root: The input's root.
    ///   - isRefusedLink: Whether it was a link that was refused; nil while it still is a link.
    package init?(path: [UInt8], below root: String, isRefusedLink: Bool = false) {
        var status = stat()
        let isThere = (Array((root + "/").utf8) + path + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { (isRefusedLink ? lstat($0, &status) : stat($0, &status)) == 0 } ?? false
            }
        }
        guard isThere, !isRefusedLink || status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(path: path, status)
    }
}
