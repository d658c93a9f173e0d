import Foundation

/// A private folder that a scoring script runs in, with the files of its code beside it under their relative names.
///
/// The code itself is never changed by a job: its files are copied, the smallest first, up to ``maxCopiedBytes``. Of larger
/// code the rest are links to files that nobody may write any more.
package enum WorkFolder {
    /// Maximum size of the files that are copied, in bytes together.
    package static let maxCopiedBytes = 64 << 20

    /// Makes the folder; what is there already stays.
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
            if isThere(target) { continue }
            let source = code + "/" + file.name
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
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    private static func isThere(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }

    /// Copies a file; one that was not finished has another name.
    private static func copy(_ source: String, to target: String) throws {
        let partial = target + ".partial-" + UUID().uuidString
        do {
            try FileManager.default.copyItem(atPath: source, toPath: partial)
            try FileManager.default.moveItem(atPath: partial, toPath: target)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    /// Links to a file, which nobody may write from then on: a script would write through the link.
    private static func link(_ source: String, at target: String) throws {
        let mode = try FileManager.default.attributesOfItem(atPath: source)[.posixPermissions] as? NSNumber
        try FileManager.default.setAttributes(
            [.posixPermissions: (mode?.intValue ?? 0o600) & ~0o222],
            ofItemAtPath: source
        )
        try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: source)
    }
}
