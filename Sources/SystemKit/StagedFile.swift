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
    private let path: String
    private let staging: String
    private let descriptor: Mutex<Int32?>

    /// Opens a new file beside its place, in place of one that a killed process left there.
    ///
    /// - Parameters:
    ///   - path: Its place, absolute.
    ///   - permissions: Who may read it; its owner alone unless told otherwise.
    /// - Throws: ``FileError``.
    package init(for path: String, permissions: UInt32 = 0o600) throws(FileError) {
        self.path = path
        var number = 1
        while true {
            let staging = "\(path).\(number).partial"
            switch try Self.open(staging, permissions) {
            case .opened(let file):
                self.staging = staging
                descriptor = Mutex(file)
                return
            case .inUse: number += 1
            case .renamed: continue
            }
        }
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
        // Before it is closed, and its lock released: afterwards it may be another writer's.
        close { unlink(staging) }
    }

    /// Closes the file, unless it is closed.
    private func close(after work: () -> Void = {}) {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return }
            work()
            Glibc.close(open)
            descriptor = nil
        }
    }

    private enum Opening {
        case opened(Int32)
        /// Another writer of the same file holds its lock.
        case inUse
        /// Another writer finished or removed it between the opening and the lock.
        case renamed
    }

    /// Opens a staging file, empty, under a lock that ends with its process.
    private static func open(_ staging: String, _ permissions: UInt32) throws(FileError) -> Opening {
        let file = uninterrupted { Glibc.open(staging, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, permissions) }
        guard file >= 0 else { throw FileError(.write, staging) }
        do throws(FileError) {
            let opening = try lock(file, staging)
            guard case .opened = opening else {
                Glibc.close(file)
                return opening
            }
            guard ftruncate(file, 0) == 0, fchmod(file, permissions) == 0 else { throw FileError(.write, staging) }
            return opening
        } catch {
            Glibc.close(file)
            throw error
        }
    }

    private static func lock(_ file: Int32, _ staging: String) throws(FileError) -> Opening {
        guard try FileLock.attempt(on: file, staging) else { return .inUse }
        var (opened, named) = (stat(), stat())
        let isNamed = fstat(file, &opened) == 0 && lstat(staging, &named) == 0
        return isNamed && (opened.st_dev, opened.st_ino) == (named.st_dev, named.st_ino) ? .opened(file) : .renamed
    }
}
