package import BatchDomain
import Foundation
import Glibc

/// Azure's rule for outputs: a location must be unique, else the job fails; here it is refused before anything starts.
package enum OutputLocation {
    /// Checks that nothing is in the way of an output: not even a link to nothing, nor, inside the workspace, a link on the way.
    ///
    /// - Throws: ``StudioError`` with code `alreadyExists`, naming what is there, or with code `file`, naming the link.
    package static func checkFree(_ output: JobOutput, in workspace: WorkspaceFolder) throws {
        if let link = link(onTheWayTo: output.folder, in: workspace) { throw OpenFolder.link(link) }
        let occupied: String?
        if let file = output.file {
            occupied = status(of: file) == nil ? nil : file
        } else {
            occupied = isTaken(output.folder) ? output.folder : nil
        }
        guard let occupied else { return }
        throw StudioError(
            .alreadyExists,
            "The output \(occupied) exists already. You must use a unique output location; nothing was overwritten.",
            advice: "Choose another with --output-path, or another file with --set output_file_name=NAME.",
            inStudio: "Choose another output location, or another output file name."
        )
    }

    /// The way from the workspace's folder to a folder in it; nil when it lies outside.
    package static func way(to folder: String, in workspace: WorkspaceFolder) -> String? {
        StoredPath.relative(folder, to: [workspace.path, workspace.realPath])
    }

    /// Returns whether a folder has entries, or its name is taken by something else.
    private static func isTaken(_ folder: String) -> Bool {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            return status(of: folder) != nil
        }
        return !names.isEmpty
    }

    /// The first link between the workspace's folder and a folder in it, that folder included.
    private static func link(onTheWayTo folder: String, in workspace: WorkspaceFolder) -> String? {
        guard let way = way(to: folder, in: workspace) else { return nil }
        var path = workspace.path
        for part in way.split(separator: "/") {
            path += "/" + part
            guard let status = status(of: path) else { return nil }
            if status.st_mode & S_IFMT == S_IFLNK { return path }
        }
        return nil
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }
}
