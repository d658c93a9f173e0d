import BatchDomain
import FoundationEssentials
import Glibc

/// Paths as text: joined and normalized without reading the disk.
enum FilePaths {
    static var currentFolder: String { FileManager.default.currentDirectoryPath }

    /// The folder that holds an absolute path.
    static func parent(of path: String) -> String { "..".normalizedPath(in: path) }

    /// The last part of a path.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    static func isFolder(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }

    /// Returns whether it is a regular file, or a link to one: a FIFO would block who reads it.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
