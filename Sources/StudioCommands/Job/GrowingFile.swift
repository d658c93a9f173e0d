import Foundation

/// A log that another process writes: read as it grows, whole lines at a time.
struct GrowingFile {
    private let path: String
    private var offset: UInt64 = 0
    private var openLine = Data()

    init(path: String) {
        self.path = path
    }

    /// The lines that were finished since the last call; nothing while the file does not exist.
    mutating func newLines() -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: offset)) != nil, let new = try? handle.readToEnd() else { return "" }
        offset += UInt64(new.count)
        openLine += new
        guard let end = openLine.lastIndex(of: UInt8(ascii: "\n")) else { return "" }
        let lines = openLine[...end]
        openLine = Data(openLine[openLine.index(after: end)...])
        return String(decoding: lines, as: UTF8.self)
    }

    /// A line that was begun and never finished, ended here.
    mutating func lastLine() -> String {
        defer { openLine = Data() }
        return openLine.isEmpty ? "" : String(decoding: openLine, as: UTF8.self) + "\n"
    }
}
