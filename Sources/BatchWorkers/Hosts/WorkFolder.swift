import Foundation
import Glibc
import SystemKit

/// A private folder that a scoring script runs in, with the files of its code beside it under their relative names.
///
/// The code itself is never changed by a job: its files are copied, the smallest first, up to ``maxCopiedBytes``. Of larger
/// code the rest are links to read-only files.
package enum WorkFolder {
    /// Maximum size of the files that are copied, in bytes together.
    package static let maxCopiedBytes = 64 << 20

    /// Makes the folder in one that is there; what is in it already stays.
    ///
    /// - Parameters:
    ///   - path: The folder, absolute.
    ///   - code: The folder of the code, absolute; nil for an empty folder.
    ///   - limit: The size up to which files are copied.
    /// - Throws: The file system's error when it can't be made.
    package static func make(at path: String, from code: String?, copying limit: Int = maxCopiedBytes) async throws {
        try await DiskWork.run { try makeNow(at: path, from: code, copying: limit) }
    }

    private static func makeNow(at path: String, from code: String?, copying limit: Int) throws {
        try makeFolder(path)
        guard let code else { return }
        var left = limit
        for file in try files(of: code) {
            let target = path + "/" + file.name
            if file.isFolder {
                try makeFolder(target)
                continue
            }
            left -= file.bytes
            let source = code + "/" + file.name
            if isThere(target, from: source, named: file.name) { continue }
            if left >= 0 { try copy(source, to: target) } else { try link(source, at: target) }
        }
    }

    /// A file or folder of the code.
    private struct File {
        var name: String
        var isFolder: Bool
        var bytes: Int
    }

    /// The folders, those above others first, then the files, the smallest first.
    private static func files(of code: String) throws -> [File] {
        var files: [File] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: code)
        where !name.split(separator: "/").contains("__pycache__") {
            let attributes = try FileManager.default.attributesOfItem(atPath: code + "/" + name)
            let bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            files.append(File(name: name, isFolder: isFolder, bytes: isFolder ? -1 : bytes))
        }
        return files.sorted { ($0.bytes, $0.name) < ($1.bytes, $1.name) }
    }

    private static func makeFolder(_ path: String) throws {
        // Only the last part of the path: a workspace that was moved meanwhile is not made again at its old place.
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        let code = errno
        throw CocoaError(
            code == ENOSPC || code == EDQUOT ? .fileWriteOutOfSpace : .fileWriteUnknown,
            userInfo: [
                NSFilePathErrorKey: path, NSUnderlyingErrorKey: POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO),
            ]
        )
    }

    /// Returns whether a file of the code exists already: not where it is a link into the place where the code lay before its workspace was moved
    /// or copied.
    private static func isThere(_ path: String, from source: String, named name: String) -> Bool {
        guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return false }
        guard let place = try? FileManager.default.destinationOfSymbolicLink(atPath: path), place != source else {
            return true
        }
        let folder = (String(source.dropLast(name.count + 1)) as NSString).lastPathComponent
        return !(place.hasSuffix("/\(folder)/\(name)") && unlink(path) == 0)
    }

    /// Copies a file; one that was not finished has another name.
    private static func copy(_ source: String, to target: String) throws {
        let partial = target + ".partial-" + UUID().uuidString
        do {
            try FileCopy.make(of: source, to: partial)
            try FileManager.default.moveItem(atPath: partial, toPath: target)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    /// Links to a file, which becomes read-only: a script would write through the link.
    private static func link(_ source: String, at target: String) throws {
        let mode = try FileManager.default.attributesOfItem(atPath: source)[.posixPermissions] as? NSNumber
        try FileManager.default.setAttributes(
            [.posixPermissions: (mode?.intValue ?? 0o600) & ~0o222],
            ofItemAtPath: source
        )
        try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: source)
    }
}
