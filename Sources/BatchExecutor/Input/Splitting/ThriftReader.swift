/// Reads values of Thrift's compact protocol from bytes that may be anything.
struct ThriftReader {
    /// The types of values, as far as they are read in different ways.
    enum Kind: Equatable {
        case truth
        case byte
        case integer
        case double
        case binary
        case list
        case map
        case structure

        init?(_ code: UInt8) {
            switch code {
            case 1, 2: self = .truth
            case 3: self = .byte
            case 4, 5, 6: self = .integer
            case 7: self = .double
            case 8: self = .binary
            case 9, 10: self = .list
            case 11: self = .map
            case 12: self = .structure
            default: return nil
            }
        }
    }

    /// Maximum depth of values within values.
    private static let maxDepth = 32

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a structure; `field` reads or skips the value of each of its fields.
    ///
    /// - Returns: Whether it is one, and all its fields could be read.
    mutating func readStruct(_ field: (Int, Kind, inout ThriftReader) -> Bool) -> Bool {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { return false }
        var number = 0
        while let header = byte() {
            if header == 0 { return true }
            guard let kind = Kind(header & 0x0F) else { return false }
            if header >> 4 == 0 {
                guard let next = integer(), (0...Int(Int16.max)).contains(next) else { return false }
                number = next
            } else {
                number += Int(header >> 4)
            }
            // The value of a truth is in its type.
            if kind == .truth { continue }
            guard field(number, kind, &self) else { return false }
        }
        return false
    }

    /// Reads a whole number.
    mutating func integer() -> Int? {
        guard let value = unsigned() else { return nil }
        return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
    }

    /// Reads the type and the length of a list.
    mutating func listHeader() -> (type: Kind, count: Int)? {
        guard let header = byte(), let kind = Kind(header & 0x0F) else { return nil }
        if header >> 4 < 15 { return (kind, Int(header >> 4)) }
        guard let count = unsigned(), count <= UInt64(bytes.count) else { return nil }
        return (kind, Int(count))
    }

    /// Skips a value that is not a truth in a field.
    mutating func skip(_ kind: Kind) -> Bool {
        switch kind {
        case .truth, .byte: return advance(by: 1)
        case .integer: return unsigned() != nil
        case .double: return advance(by: 8)
        case .binary:
            guard let length = unsigned(), length <= UInt64(bytes.count) else { return false }
            return advance(by: Int(length))
        case .structure: return readStruct { _, kind, reader in reader.skip(kind) }
        case .list:
            guard let list = listHeader() else { return false }
            return skip([list.type], times: list.count)
        case .map:
            guard let count = unsigned(), count <= UInt64(bytes.count) else { return false }
            if count == 0 { return true }
            guard let types = byte(), let key = Kind(types >> 4), let value = Kind(types & 0x0F) else { return false }
            return skip([key, value], times: Int(count))
        }
    }

    private mutating func skip(_ kinds: [Kind], times: Int) -> Bool {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { return false }
        for _ in 0..<times {
            for kind in kinds where !skip(kind) { return false }
        }
        return true
    }

    private mutating func unsigned() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard let byte = byte() else { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        return nil
    }

    private mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func advance(by count: Int) -> Bool {
        guard count <= bytes.count - position else { return false }
        position += count
        return true
    }
}
