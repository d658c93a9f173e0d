internal import Glibc

/// Files that are on the disk when the call returns.
package enum DurableFile {
    /// Maximum attempts to write what the disk refuses with an error of its own.
    package static let maxAttempts = 3

    /// Writes a file in whole: a crash leaves the old one, or none, or the new one.
    ///
    /// After an error of the disk all of it is written again: nothing can be believed that was written before a failed fsync.
    ///
    /// - Parameters:
    ///   - bytes: Its content.
    ///   - path: Its place, absolute.
    ///   - permissions: Who may read it; its owner alone unless told otherwise.
    /// - Throws: ``FileError``.
    package static func write(
        _ bytes: some Sequence<UInt8>,
        to path: String,
        permissions: UInt32 = 0o600
    ) throws(FileError) {
        let bytes = Array(bytes)
        try retryingDiskErrors { () throws(FileError) in
            let file = try StagedFile(for: path, permissions: permissions)
            try file.write(bytes)
            try file.finish()
        }
    }

    /// Writes all of the bytes to an open file; they are not durable yet.
    ///
    /// - Parameters:
    ///   - bytes: What to write.
    ///   - descriptor: The open file.
    ///   - path: Its path, for the error.
    /// - Throws: ``FileError``.
    package static func write(_ bytes: some Sequence<UInt8>, to descriptor: Int32, _ path: String) throws(FileError) {
        let failure: FileError?? = bytes.withContiguousStorageIfAvailable {
            write(UnsafeRawBufferPointer($0), to: descriptor, path)
        }
        let error = failure ?? Array(bytes).withUnsafeBytes { write($0, to: descriptor, path) }
        if let error { throw error }
    }

    /// Waits until the content of a file, or the names in a folder, are on the disk.
    package static func sync(_ path: String) throws(FileError) {
        let descriptor = uninterrupted { open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw FileError(.write, path) }
        defer { close(descriptor) }
        try sync(descriptor, path)
    }

    /// Waits until the content of an open file is on the disk.
    package static func sync(_ descriptor: Int32, _ path: String) throws(FileError) {
        guard uninterrupted({ fsync(descriptor) }) == 0 else { throw FileError(.write, path) }
    }

    /// Gives a complete file, or a folder of durable files, its name: neither is found incomplete after a crash.
    ///
    /// - Parameters:
    ///   - staging: Where it is, on the same file system.
    ///   - path: Its place; a file there is replaced.
    /// - Throws: ``FileError``.
    package static func publish(_ staging: String, as path: String) throws(FileError) {
        try sync(staging)
        guard rename(staging, path) == 0 else { throw FileError(.write, path) }
        try sync(folder(of: path))
    }

    /// The folder that a path's last name is in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Repeats the work while the disk reports errors, up to ``maxAttempts``.
    static func retryingDiskErrors(_ work: () throws(FileError) -> Void) throws(FileError) {
        for _ in 1..<maxAttempts {
            do throws(FileError) { return try work() } catch  where error.isDiskError { continue }
        }
        try work()
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) -> FileError? {
        var written = 0
        while written < bytes.count {
            let rest = bytes.baseAddress?.advanced(by: written)
            let count = uninterrupted { Glibc.write(descriptor, rest, bytes.count - written) }
            guard count > 0 else { return FileError(.write, path) }
            written += count
        }
        return nil
    }
}
