import BatchDomain
import Foundation
import GRDB
import Glibc

/// A path as the database holds it: relative to the workspace's folder inside of it, so that a workspace can be moved and copied,
/// and absolute outside of it.
struct StoredPath: Hashable, Sendable {
    /// The column's value: `models/wine/1/wine`, `.` for the workspace's folder itself, `/data/wine` outside; empty for no path.
    let text: String

    /// A value that was stored.
    init(text: String) {
        self.text = text
    }

    /// The form in which an absolute path is stored.
    init(_ path: String, in folder: WorkspaceFolder) {
        self.init(text: Self.relative(path, to: [folder.path, folder.realPath]) ?? path)
    }

    /// The absolute path.
    func path(in folder: WorkspaceFolder) -> String {
        if text.isEmpty || text.hasPrefix("/") { return text }
        return text == "." ? folder.path : folder.path + "/" + text
    }

    /// The path from the first of the folders that it lies in; nil when it lies in none.
    static func relative(_ path: String, to folders: [String]) -> String? {
        for folder in folders where folder.utf8.count > 1 {
            if path == folder { return "." }
            if path.hasPrefix(folder + "/") { return String(path.dropFirst(folder.count + 1)) }
        }
        return nil
    }
}

extension WorkspaceFolder {
    /// The folder's path without links; the path itself where there is no folder.
    var realPath: String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension Configuration {
    /// SQL function without arguments: the workspace's folder, absolute.
    static let folderFunction = "workspaceFolder"
    /// SQL function of one argument: the absolute path of a stored one.
    static let pathFunction = "workspacePath"

    /// A configuration whose connections know which workspace's database they open.
    ///
    /// Code that has a connection at hand needs no other way to the folder, and a copy of the database that is read in place of it
    /// is taken for what it is a copy of.
    init(of folder: WorkspaceFolder) {
        self.init()
        prepareDatabase { db in
            db.add(function: DatabaseFunction(Self.folderFunction, argumentCount: 0, pure: true) { _ in folder.path })
            db.add(
                function: DatabaseFunction(Self.pathFunction, argumentCount: 1, pure: true) { values in
                    String.fromDatabaseValue(values[0]).map { StoredPath(text: $0).path(in: folder) }
                }
            )
        }
    }
}

extension Database {
    /// The workspace whose database this is.
    var workspaceFolder: WorkspaceFolder {
        get throws {
            let path = try String.fetchOne(cachedStatement(sql: "SELECT \(Configuration.folderFunction)()"))
            return WorkspaceFolder(path: path ?? "")
        }
    }
}
