package import Foundation

/// Cuts a stream of bytes into lines.
package struct LineSplitter: Sendable {
    /// A line longer than the protocol allows: what follows can't be trusted.
    package struct LineTooLong: Error, Equatable {}

    /// The longest line that the protocol allows, in bytes, with room to spare.
    package static let longest = 1 << 20

    private var rest = Data()

    package init() {}

    /// Takes the bytes that came and returns the lines they complete, without their line feeds.
    package mutating func take(_ bytes: some Collection<UInt8>) throws(LineTooLong) -> [Data] {
        var lines: [Data] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest + bytes[start..<end]
            if line.count > Self.longest { throw LineTooLong() }
            lines.append(line)
            rest.removeAll(keepingCapacity: true)
            start = bytes.index(after: end)
        }
        rest.append(contentsOf: bytes[start...])
        if rest.count > Self.longest { throw LineTooLong() }
        return lines
    }
}
