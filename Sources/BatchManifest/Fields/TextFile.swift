import BatchDomain
import FoundationEssentials

/// Reads text files with errors for people.
enum TextFile {
    /// The most bytes that are read.
    private static let largest = 16 << 20

    /// The file's text, without a byte order mark.
    static func read(_ path: String) throws(StudioError) -> String {
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
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        guard size <= largest else {
            throw StudioError(.file, "The file '\(path)' has \(size) bytes, too many for a description in text.")
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw StudioError(.file, "The file '\(path)' can't be read: you lack the permission, or the disk refused.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw StudioError(.file, "The file '\(path)' is not text in UTF-8.", advice: "Save it as UTF-8.")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    private static func folder(of path: String) -> String {
        FilePaths.parent(of: FilePaths.absolute(path, in: FilePaths.currentFolder))
    }
}
