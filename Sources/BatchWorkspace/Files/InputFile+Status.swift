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
    package init?(path: [UInt8], below root: String) {
        var status = stat()
        let place = Array((root + "/").utf8) + path + [0]
        let isThere = place.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in text.baseAddress.map { stat($0, &status) == 0 } ?? false
            }
        }
        guard isThere else { return nil }
        self.init(path: path, status)
    }
}
