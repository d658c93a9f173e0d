import BatchDomain
import SystemKit

/// A CSV file that is written as its rows come, and has its name once it is whole and durable.
struct ReportFile: Sendable {
    private static let bufferSize = 1 << 16

    private let file: StagedFile
    private var buffer: [UInt8] = []

    /// Begins the file with its column names.
    init(at path: String, columns: [String]) throws {
        file = try StagedFile(for: path)
        try add(columns)
    }

    /// Adds a row; a line break in a value becomes a space, so that a row is a line.
    mutating func add(_ values: [String]) throws {
        CSVText.append(values.map(Self.withoutLineBreaks), to: &buffer)
        if buffer.count > Self.bufferSize { try flush() }
    }

    /// Gives the file its name.
    mutating func finish() throws {
        try flush()
        try file.finish()
    }

    /// Gives the file up.
    func abandon() {
        file.abandon()
    }

    private static func withoutLineBreaks(_ value: String) -> String {
        let isBreak: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard value.utf8.contains(where: isBreak) else { return value }
        return String(decoding: value.utf8.lazy.map { isBreak($0) ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }

    private mutating func flush() throws {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
