package import Glibc

/// A name in a folder and what it stands for: of a link, the link itself.
///
/// ```swift
/// for entry in try FolderEntry.all(in: folder) where entry.kind == .folder { … }
/// ```
package struct FolderEntry: Equatable, Sendable {
    /// The kind of an entry.
    package enum Kind: Equatable, Sendable {
        /// A regular file; its last change in seconds since 1970.
        case file(bytes: Int, modifiedAt: Double)
        case folder
        case link
        /// A FIFO, socket or device.
        case special
        /// An entry whose name is not UTF-8, so that no path leads to it.
        case unnamed
    }

    /// The name; with replacement characters where it is not UTF-8.
    package let name: String
    /// The folder's path and the name.
    package let path: String
    /// The kind.
    package let kind: Kind

    /// The entry at a path; nil when there is none.
    ///
    /// - Throws: ``FileError`` when it can't be inspected.
    package init?(at path: String) throws(FileError) {
        guard let kind = try Self.kind(of: path, path, in: AT_FDCWD) else { return nil }
        self.init(name: path.split(separator: "/").last.map { String($0) } ?? path, path: path, kind: kind)
    }

    private init(name: String, path: String, kind: Kind) {
        self.name = name
        self.path = path
        self.kind = kind
    }

    /// All entries of a folder, by name, without those that are removed meanwhile.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - mayBeMissing: Whether a folder that does not exist is one without entries.
    /// - Returns: The entries.
    /// - Throws: ``FileError`` when the folder, or an entry, can't be inspected: an incomplete list would be taken for a whole one.
    package static func all(in folder: String, mayBeMissing: Bool = false) throws(FileError) -> [FolderEntry] {
        guard let stream = opendir(folder) else {
            if mayBeMissing, errno == ENOENT { return [] }
            throw FileError(.open, folder)
        }
        defer { closedir(stream) }
        var entries: [FolderEntry] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw FileError(.open, folder) }
                return entries.sorted { $0.name < $1.name }
            }
            let bytes = nameBytes(of: entry)
            let name = String(decoding: bytes, as: UTF8.self)
            if name == "." || name == ".." { continue }
            let path = folder + "/" + name
            guard name.utf8.elementsEqual(bytes) else {
                entries.append(FolderEntry(name: name, path: path, kind: .unnamed))
                continue
            }
            guard let kind = try kind(of: name, path, in: dirfd(stream)) else { continue }
            entries.append(FolderEntry(name: name, path: path, kind: kind))
        }
    }

    /// The bytes of the name of an entry of `readdir`, which may be no UTF-8.
    ///
    /// The entry's memory ends after its name, not with the 256 bytes of `d_name`: a copy of the field would read beyond it, which
    /// is a fault where the entry is the last of the memory.
    package static func nameBytes(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        withUnsafePointer(to: &entry.pointee.d_name) { field in
            field.withMemoryRebound(to: UInt8.self, capacity: 256) {
                Array(UnsafeBufferPointer(start: $0, count: strlen(field)))
            }
        }
    }

    private static func kind(of name: String, _ path: String, in folder: Int32) throws(FileError) -> Kind? {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileError(.open, path)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            let time = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
            return .file(bytes: Int(status.st_size), modifiedAt: time)
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .special
        }
    }
}
