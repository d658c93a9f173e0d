internal import Glibc

/// A copy of a file, or of a folder with all that is in it: the bytes that are there while it is made, with permissions and times.
///
/// Foundation's `copyItem` never returns from a file that becomes shorter meanwhile (2026-11-29), as logs and SQLite's `-wal` do.
package struct FileCopy: Equatable, Sendable {
    /// Bytes copied.
    package private(set) var bytes = 0
    /// A file that was changed while it was copied: the copy is neither what it was nor what it is.
    package private(set) var changed: String?

    private static let maxBufferLength = 1 << 20

    /// Copies a file, a folder with all that is in it, or a link as a link.
    ///
    /// - Parameters:
    ///   - source: What to copy.
    ///   - destination: A path at which there is nothing yet, but for a folder that is added to.
    ///   - permissions: Those of copied files; those of their sources unless told otherwise.
    /// - Returns: How much was copied, and whether it changed meanwhile.
    /// - Throws: ``FileError``: with code `EINVAL` for a FIFO, socket or device.
    @discardableResult
    package static func make(
        of source: String,
        to destination: String,
        permissions: UInt32? = nil
    ) throws(FileError) -> FileCopy {
        guard let entry = try FolderEntry(at: source) else { throw FileError(.open, source, code: ENOENT) }
        var copy = FileCopy()
        try copy.add(entry, to: destination, permissions)
        return copy
    }

    private mutating func add(_ entry: FolderEntry, to place: String, _ permissions: UInt32?) throws(FileError) {
        switch entry.kind {
        case .file: try addFile(entry.path, to: place, permissions)
        case .folder: try addFolder(entry.path, to: place, permissions)
        case .link: try addLink(entry.path, to: place)
        case .special: throw FileError(.open, entry.path, code: EINVAL)
        case .unnamed: throw FileError(.open, entry.path, code: EILSEQ)
        }
    }

    private mutating func addFile(_ path: String, to place: String, _ permissions: UInt32?) throws(FileError) {
        // What was a file a moment ago may be a FIFO by now, which would be waited for.
        let source = uninterrupted { open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard source >= 0 else { throw FileError(.open, path) }
        defer { close(source) }
        let before = try Self.status(of: source, path)
        let target = uninterrupted { open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        guard target >= 0 else { throw FileError(.make, place) }
        defer { close(target) }
        // Small files need no large buffer.
        let length = min(Int(before.st_size) + 1, Self.maxBufferLength)
        let copied = try Self.copyBytes(from: source, path, to: target, place, length)
        let after = try Self.status(of: source, path)
        if copied != Int(before.st_size) || !before.hasContent(of: after) { changed = changed ?? path }
        let times = [after.st_atim, after.st_mtim]
        guard fchmod(target, permissions ?? before.st_mode & 0o7777) == 0, futimens(target, times) == 0 else {
            throw FileError(.write, place)
        }
        bytes += copied
    }

    private static func copyBytes(
        from source: Int32,
        _ path: String,
        to target: Int32,
        _ place: String,
        _ bufferLength: Int
    ) throws(FileError) -> Int {
        var copied = 0
        var buffer = [UInt8](repeating: 0, count: bufferLength)
        while true {
            let count = uninterrupted { read(source, &buffer, bufferLength) }
            guard count >= 0 else { throw FileError(.read, path) }
            if count == 0 { return copied }
            try DurableFile.write(buffer[..<count], to: target, place)
            copied += count
        }
    }

    private mutating func addFolder(_ path: String, to place: String, _ permissions: UInt32?) throws(FileError) {
        guard mkdir(place, 0o700) == 0 || errno == EEXIST else { throw FileError(.make, place) }
        for entry in try FolderEntry.all(in: path) { try add(entry, to: place + "/" + entry.name, permissions) }
    }

    private func addLink(_ path: String, to place: String) throws(FileError) {
        // The system ends no target with a zero.
        var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard readlink(path, &target, Int(PATH_MAX)) >= 0 else { throw FileError(.open, path) }
        guard symlink(target, place) == 0 else { throw FileError(.make, place) }
    }

    private static func status(of descriptor: Int32, _ path: String) throws(FileError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(.open, path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(.open, path, code: EINVAL) }
        return status
    }
}

extension stat {
    /// Returns whether it is of the same content as another one of the same file.
    fileprivate func hasContent(of other: stat) -> Bool {
        st_size == other.st_size && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}
