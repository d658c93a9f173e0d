import Foundation
import Glibc

/// A CSV file (RFC 4180, a line a row) that is written as its rows come, and has its name once it is whole and durable.
struct ReportFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    private var staging: String { path + ".partial" }

    /// Begins the file with its column names.
    init(at path: String, columns: [String]) throws {
        self.path = path
        descriptor = open(path + ".partial", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.error(at: path + ".partial") }
        try add(columns)
    }

    /// Adds a row; a line break in a value becomes a space, so that a row is a line.
    mutating func add(_ values: [String]) throws {
        for (index, value) in values.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            append(value)
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > 1 << 16 { try flush() }
    }

    /// Gives the file its name.
    mutating func finish() throws {
        defer { close(descriptor) }
        do {
            try flush()
            guard fsync(descriptor) == 0, rename(staging, path) == 0 else { throw DurableFile.error(at: path) }
        } catch {
            unlink(staging)
            throw error
        }
    }

    /// Gives the file up.
    func abandon() {
        close(descriptor)
        unlink(staging)
    }

    private mutating func append(_ value: String) {
        let isQuoted = value.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
        if isQuoted { buffer.append(UInt8(ascii: "\"")) }
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): buffer.append(UInt8(ascii: " "))
            case UInt8(ascii: "\""): buffer.append(contentsOf: [byte, byte])
            default: buffer.append(byte)
            }
        }
        if isQuoted { buffer.append(UInt8(ascii: "\"")) }
    }

    private mutating func flush() throws {
        try DurableFile.write(Data(buffer), to: descriptor, staging)
        buffer.removeAll(keepingCapacity: true)
    }
}
