import BatchDomain
import FoundationEssentials
import Glibc

/// Reads text files with errors for users.
enum TextFile {
    /// The most bytes that are read.
    private static let largest = 16 << 20

    /// The file's text, without a byte order mark.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - root: The folder of strangers that it belongs to: a link in there must not show other files of the user's, and a
    ///     pipe must not keep them waiting.
    /// - Returns: The text.
    /// - Throws: ``StudioError`` when there is no such file, or it is no text, or too large.
    static func read(_ path: String, inside root: String? = nil) throws(StudioError) -> String {
        guard FilePaths.exists(path) else {
            throw StudioError(
                .file,
                "There is no file '\(path)'.",
                advice: "Check the path; it was looked for in \(folder(of: path))."
            )
        }
        guard !FilePaths.isFolder(path) else {
            throw StudioError(.file, "'\(path)' is a folder, not a file.", advice: "Name the file in it.")
        }
        let real = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: real)
        if let root {
            let isInside = real.hasPrefix(URL(filePath: root).resolvingSymlinksInPath().path + "/")
            guard isInside, attributes?[.type] as? FileAttributeType == .typeRegular else {
                throw StudioError(
                    .file,
                    "'\(path)' is no file of its folder, but a link that leads out of it, a pipe or a device.",
                    advice: "Put the file itself in its place."
                )
            }
        }
        let size = attributes?[.size] as? Int ?? 0
        guard size <= largest else { throw tooLarge(path, size) }
        guard let data = bytes(of: path) else {
            throw StudioError(.file, "The file '\(path)' can't be read: you lack the permission, or the disk refused.")
        }
        // Devices say that they have no size, and some never end.
        guard data.count <= largest else { throw tooLarge(path, data.count) }
        guard let text = String(data: data, encoding: .utf8) else {
            throw StudioError(.file, "The file '\(path)' is not text in UTF-8.", advice: "Save it as UTF-8.")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    private static func tooLarge(_ path: String, _ size: Int) -> StudioError {
        StudioError(.file, "The file '\(path)' has \(size) bytes or more, too many for a description in text.")
    }

    /// The file's bytes, and one more than are allowed if there are more.
    private static func bytes(of path: String) -> Data? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var data = Data()
        var buffer: [UInt8] = Array(repeating: 0, count: 1 << 16)
        while data.count <= largest {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { break }
            data.append(contentsOf: buffer[..<count])
        }
        return data
    }

    private static func folder(of path: String) -> String {
        FilePaths.parent(of: path.normalizedPath(in: FilePaths.currentFolder))
    }
}
