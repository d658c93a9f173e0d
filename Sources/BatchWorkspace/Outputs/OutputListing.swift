package import BatchDomain
import Foundation
import SystemKit

/// The files of a folder and of its subfolders that a download copies, and what it leaves out.
///
/// A link to a file of the folder is such a file. One that leads out is not: a script or a model may have made it.
package struct OutputListing {
    /// Maximum number of entries that a warning names.
    private static let maxNamed = 5

    /// The files, by name.
    package private(set) var files: [OutputFile] = []
    /// What is left out, each with its path and the reason.
    package private(set) var leftOut: [String] = []

    private var limit = Int.max

    /// Nothing.
    package init() {}

    /// The files of a folder and of its subfolders, `limit` at most; none where there is no such folder.
    ///
    /// - Throws: `FileError` when a folder can't be read.
    package init(folder: String, limit: Int = .max) throws {
        self.limit = limit
        try add(folder, under: "", within: folder)
        files.sort { $0.name < $1.name }
    }

    /// The file of a name in a folder; nothing where there is none.
    ///
    /// - Throws: `FileError` when it can't be inspected.
    package init(_ name: String, in folder: String) throws {
        guard let entry = try FolderEntry(at: folder + "/" + name), entry.kind != .folder else { return }
        try add(entry, named: name, within: folder)
    }

    /// The file at a path, or the files of the folder there, named from the last component of the path on.
    ///
    /// - Throws: `FileError` when it can't be read.
    package init(at path: String) throws {
        let (parent, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
        if case .folder? = try FolderEntry(at: path)?.kind {
            self = try OutputListing(folder: path).named(name)
        } else {
            try self.init(name, in: parent)
        }
    }

    /// A warning that names what is left out; nil when that is nothing.
    package var warning: String? {
        guard !leftOut.isEmpty else { return nil }
        let others = leftOut.count > Self.maxNamed ? " and \(leftOut.count - Self.maxNamed) more" : ""
        return "Left out: \(leftOut.prefix(Self.maxNamed).joined(separator: ", "))\(others)."
    }

    /// The same files in a folder of a name.
    package func named(_ name: String) -> OutputListing {
        var listing = self
        for index in files.indices { listing.files[index].name = name + "/" + files[index].name }
        return listing
    }

    /// Both.
    package static func + (one: OutputListing, other: OutputListing) -> OutputListing {
        var both = one
        both.files += other.files
        both.leftOut += other.leftOut
        return both
    }

    private mutating func add(_ folder: String, under prefix: String, within root: String) throws {
        for entry in try FolderEntry.all(in: folder, mayBeMissing: true) where files.count < limit {
            try add(entry, named: prefix + entry.name, within: root)
        }
    }

    private mutating func add(_ entry: FolderEntry, named name: String, within root: String) throws {
        switch entry.kind {
        case .folder: try add(entry.path, under: name + "/", within: root)
        case .file(let bytes, let time): add(name, entry.path, bytes: bytes, modifiedAt: time)
        case .link: try add(link: entry.path, named: name, within: root)
        case .special: leave(entry, "neither a file nor a folder")
        case .unnamed: leave(entry, "its name is not UTF-8")
        }
    }

    private mutating func add(link path: String, named name: String, within root: String) throws {
        guard let entry = try FolderEntry(at: path) else { return }
        guard let target = Self.realPath(of: path), let place = Self.realPath(of: root) else {
            guard [ENOENT, ENOTDIR, ELOOP].contains(errno) else { throw FileError(.open, path, code: errno) }
            return leave(entry, "a link to nothing")
        }
        guard target.hasPrefix(place + "/") else { return leave(entry, "a link that leads out of \(root)") }
        switch try FolderEntry(at: target)?.kind {
        case .file(let bytes, let time): add(name, target, bytes: bytes, modifiedAt: time)
        // Its files are downloaded where they are.
        case .folder: leave(entry, "a link to a folder")
        default: leave(entry, "a link to what is no file")
        }
    }

    private mutating func add(_ name: String, _ path: String, bytes: Int, modifiedAt time: Double) {
        let date = Date(timeIntervalSince1970: time)
        files.append(OutputFile(name: name, path: path, bytes: bytes, modifiedAt: date))
    }

    private mutating func leave(_ entry: FolderEntry, _ reason: String) { leftOut.append("\(entry.path) (\(reason))") }

    private static func realPath(of path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
