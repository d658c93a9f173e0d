import BatchDomain
import Foundation
import SystemKit

/// Copies a file or folder into the workspace: regular files and folders only, readable by their owner alone, durable.
enum FolderCopy {
    /// Copies everything and returns the bytes copied.
    ///
    /// A symbolic link is copied as what it points to, if that lies within the source: a registered asset is complete and
    /// never changes with something outside.
    static func copy(from source: String, to destination: String) throws -> Int {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: source, isDirectory: &isFolder) else {
            throw StudioError(.file, "There is no file or folder at \(source).")
        }
        let root = URL(fileURLWithPath: source).resolvingSymlinksInPath().path
        return isFolder.boolValue
            ? try copyFolder(root, to: destination, within: [root])
            : try copyFile(root, to: destination)
    }

    /// Copies a folder; `chain` holds it and, before it, the folders in which it was met, the one being copied first.
    private static func copyFolder(_ source: String, to destination: String, within chain: [String]) throws -> Int {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: destination,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        var bytes = 0
        for name in try manager.contentsOfDirectory(atPath: source).sorted() {
            let path = source + "/" + name
            let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            // A link to a folder in which it was met would never end.
            if chain.contains(real) {
                throw StudioError(.file, "\(path) is a link to a folder that holds it.", advice: "Remove the link.")
            }
            guard real == path || real.hasPrefix((chain.first ?? source) + "/") else {
                throw StudioError(
                    .file,
                    "\(path) is a link to \(real), outside of the folder being copied.",
                    advice: "Put the file itself in its place."
                )
            }
            var isFolder: ObjCBool = false
            guard manager.fileExists(atPath: real, isDirectory: &isFolder) else {
                throw StudioError(.file, "\(path) is a link to nothing.", advice: "Remove the link.")
            }
            bytes +=
                isFolder.boolValue
                ? try copyFolder(real, to: destination + "/" + name, within: chain + [real])
                : try copyFile(real, to: destination + "/" + name)
        }
        try DurableFile.sync(destination)
        return bytes
    }

    private static func copyFile(_ source: String, to destination: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: source)
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw StudioError(.file, "\(source) is neither a file nor a folder.", advice: "Remove it from the folder.")
        }
        let copy = try FileCopy.make(of: source, to: destination, permissions: 0o600)
        guard copy.changed == nil else {
            throw StudioError(
                .file,
                "\(source) was changed while it was copied.",
                advice: "Try again once it is complete."
            )
        }
        try DurableFile.sync(destination)
        return copy.bytes
    }
}
