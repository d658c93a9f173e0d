internal import Glibc
internal import Synchronization

/// A file that is written beside its place and gets its name when it is complete and durable: a crash leaves the old file, or none,
/// or the new one.
///
/// ```swift
/// let file = try StagedFile(for: folder + "/failed_files.csv")
/// do {
///     for row in rows { try file.write(row.utf8) }
///     try file.finish()
/// } catch {
///     file.abandon()
///     throw error
/// }
/// ```
package final class StagedFile: Sendable {
    /// The number of the process's next staged file: two writers of the same file do not meet.
    private static let nextNumber = Atomic<Int>(0)

    private let path: String
    private let staging: String
    private let descriptor: Mutex<Int32?>

    /// Opens a new file beside its place.
    ///
    /// - Parameters:
    ///   - path: Its place, absolute.
    ///   - permissions: Who may read it; its owner alone unless told otherwise.
    /// - Throws: ``FileError``.
    package init(for path: String, permissions: UInt32 = 0o600) throws(FileError) {
        self.path = path
        let number = Self.nextNumber.wrappingAdd(1, ordering: .relaxed).newValue
        let staging = "\(path).\(getpid())-\(number).partial"
        self.staging = staging
        let opened = uninterrupted { open(staging, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions) }
        guard opened >= 0 else { throw FileError(.write, staging) }
        descriptor = Mutex(opened)
    }

    deinit {
        abandon()
    }

    /// Appends bytes; they are not durable yet.
    package func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
        try DurableFile.write(bytes, to: descriptor.withLock { $0 ?? -1 }, path)
    }

    /// Makes the file durable and gives it its name.
    package func finish() throws(FileError) {
        defer { abandon() }
        let open = descriptor.withLock { $0 ?? -1 }
        guard uninterrupted({ fsync(open) }) == 0 else { throw FileError(.write, path) }
        guard rename(staging, path) == 0 else { throw FileError(.write, path) }
        close()
        try DurableFile.sync(DurableFile.folder(of: path))
    }

    /// Removes what was written, unless the file has its name by now.
    package func abandon() {
        if close() { unlink(staging) }
    }

    /// Closes the file; whether it was open.
    @discardableResult
    private func close() -> Bool {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return false }
            Glibc.close(open)
            descriptor = nil
            return true
        }
    }
}
