import BatchDomain
import Glibc
import Synchronization
import SystemKit

/// Where a workspace was found when it was opened, and whether it is still there: the folder is held open, and files that must
/// not be exchanged are known by device and inode.
///
/// A process that works by paths would make a folder again that was renamed or deleted, or write into another workspace that
/// has taken its place. It asks ``displacement()`` before it makes anything.
package final class WorkspacePlace: Sendable {
    /// The workspace's folder.
    package let root: OpenFolder
    private let files = Mutex<[String: FileIdentity]>([:])

    init(_ folder: WorkspaceFolder) throws(FileError) {
        root = try OpenFolder(at: folder.path)
    }

    /// Holds on to files of the workspace's folder that must stay what they are now.
    package func hold(_ names: String...) {
        for name in names {
            let identity = root.status(of: name).map { FileIdentity($0) }
            files.withLock { $0[name] = identity }
        }
    }

    /// The identities of the held files.
    func identity(of name: String) -> FileIdentity? { files.withLock { $0[name] } }

    /// The change of the workspace's place since it was opened; nil while it is unchanged.
    package func displacement() -> WorkspaceDisplaced? {
        var own = stat()
        var found = stat()
        guard fstat(root.descriptor, &own) == 0, own.st_nlink > 0 else {
            return WorkspaceDisplaced(root.path, .deleted)
        }
        guard stat(root.path, &found) == 0, FileIdentity(found) == FileIdentity(own) else {
            return WorkspaceDisplaced(root.path, .moved(to: Self.path(of: root.descriptor)))
        }
        for (name, identity) in files.withLock({ $0 }).sorted(by: { $0.key < $1.key })
        where root.status(of: name).map({ FileIdentity($0) }) != identity {
            return WorkspaceDisplaced(root.path, .exchanged(name))
        }
        return nil
    }

    /// - Throws: ``WorkspaceDisplaced``.
    package func check() throws(WorkspaceDisplaced) {
        if let displacement = displacement() { throw displacement }
    }

    /// Makes a folder of the workspace, `jobs/NAME/segments` say, for its owner alone.
    ///
    /// - Throws: ``WorkspaceDisplaced``; ``FileError``; ``StudioError`` that names a link on the way.
    package func makeFolder(_ relative: String) throws {
        try check()
        _ = try root.folder(relative, making: true)
    }

    /// The path by which the kernel knows an open folder; nil where it has none any more.
    private static func path(of descriptor: Int32) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.hasSuffix(" (deleted)") ? nil : path
    }
}

/// The identity of a file, independent of its name.
package struct FileIdentity: Hashable, Sendable, CustomStringConvertible {
    private let device: UInt
    /// The file's number on its device.
    package let inode: UInt

    init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }

    /// The identity of the file at a path; nil when there is none.
    package init?(at path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    package var description: String { "\(device):\(inode)" }
}

/// A workspace that is no longer where it was opened: whoever has it open writes nothing more.
package struct WorkspaceDisplaced: Error, Equatable, CustomStringConvertible {
    /// The change.
    package enum Fate: Equatable, Sendable {
        case deleted
        /// To where, as far as it is known.
        case moved(to: String?)
        /// Another file is in the place of one that was held, or none.
        case exchanged(String)
    }

    /// The workspace's folder when it was opened.
    package var folder: String
    /// The change.
    package var fate: Fate

    init(_ folder: String, _ fate: Fate) {
        self.folder = folder
        self.fate = fate
    }

    package var description: String {
        switch fate {
        case .deleted: "The workspace \(folder) was deleted while it was open."
        case .moved(let place):
            "The workspace \(folder) was moved\(place.map { " to \($0)" } ?? "") while it was open."
        case .exchanged(let name):
            "The workspace \(folder) was changed from outside while it was open: its file \(name) was deleted or replaced."
        }
    }
}
