import BatchDomain
import Foundation
package import Glibc
package import SystemKit

/// A folder that is held open: what is made in it is made there, however the folder is called by then, and never through a link.
///
/// ```swift
/// let score = try workspace.place.root.folder("blobs/job/score", making: true)
/// let descriptor = score.open(".predictions.csv.partial", O_WRONLY | O_CREAT | O_TRUNC)
/// ```
package final class OpenFolder: Sendable {
    /// The open directory.
    package let descriptor: Int32
    /// The path by which it was opened, for messages.
    package let path: String

    /// Opens a folder by its path, which may lead through links.
    ///
    /// - Throws: ``FileError``.
    package convenience init(at path: String) throws(FileError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.open, path) }
        self.init(descriptor: descriptor, path: path)
    }

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// A folder below this one; no part of the way may be a link.
    ///
    /// - Parameters:
    ///   - relative: The way, `.` for this folder.
    ///   - isMade: Whether what is missing is made, for its owner alone.
    /// - Returns: The folder, held open.
    /// - Throws: ``StudioError`` that names a link; ``FileError``.
    package func folder(_ relative: String, making isMade: Bool = false) throws -> OpenFolder {
        var current = self
        for part in relative.split(separator: "/") where part != "." {
            current = try current.subfolder(String(part), making: isMade)
        }
        return current
    }

    private func subfolder(_ name: String, making isMade: Bool) throws -> OpenFolder {
        let place = path + "/" + name
        guard name != ".." else { throw StudioError(.file, "\(place) leads out of \(path).") }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var descriptor = openat(self.descriptor, name, flags)
        if descriptor < 0, errno == ENOENT, isMade {
            guard mkdirat(self.descriptor, name, 0o700) == 0 || errno == EEXIST else { throw FileError(.make, place) }
            descriptor = openat(self.descriptor, name, flags)
        }
        guard descriptor >= 0 else {
            let code = errno
            if let status = status(of: name), status.st_mode & S_IFMT == S_IFLNK { throw Self.link(place) }
            throw FileError(.open, place, code: code)
        }
        return OpenFolder(descriptor: descriptor, path: place)
    }

    /// The status of a name in this folder, of a link itself where it is one; nil when there is none.
    package func status(of name: String) -> stat? {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
    }

    /// Opens a file in this folder, unless its name is a link; -1 with `errno` when it can't be opened.
    package func open(_ name: String, _ flags: Int32) -> Int32 {
        openat(descriptor, name, flags | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }

    /// The refusal to go through a link.
    static func link(_ path: String) -> StudioError {
        StudioError(
            .file,
            "\(path) is a link: nothing is written through links in a workspace.",
            advice: "Put a folder in its place, or make a local datastore for the folder that it leads to."
        )
    }
}
