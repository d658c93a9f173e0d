import Foundation

/// A reader of a log that another process appends to: it returns whole lines.
struct GrowingFile {
    /// Maximum bytes of one read, and of a line that has not ended.
    private static let piece = 1 << 20
    private let path: String
    private var offset: UInt64 = 0
    private var openLine = Data()

    init(path: String) {
        self.path = path
    }

    /// Returns the lines that were completed since the last call, some megabytes at most: call again until there are none.
    ///
    /// A line that never ends is cut, so that a script which prints one can't fill the memory of its reader.
    mutating func newLines() -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: offset)) != nil else { return "" }
        while let new = try? handle.read(upToCount: Self.piece), !new.isEmpty {
            offset += UInt64(new.count)
            openLine += new
            if let end = openLine.lastIndex(of: UInt8(ascii: "\n")) {
                let lines = openLine[...end]
                openLine = Data(openLine[openLine.index(after: end)...])
                return String(decoding: lines, as: UTF8.self)
            }
            if openLine.count > Self.piece { return lastLine() }
        }
        return ""
    }

    /// Returns the last line, which has no line break, with one.
    mutating func lastLine() -> String {
        defer { openLine = Data() }
        return openLine.isEmpty ? "" : String(decoding: openLine, as: UTF8.self) + "\n"
    }
}
