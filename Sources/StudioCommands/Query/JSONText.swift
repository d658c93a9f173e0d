import BatchManifest

/// Reads JSON by RFC 8259 into values whose keys keep their order, which Foundation's reader doesn't.
struct JSONText {
    /// Maximum nesting of lists and mappings.
    private static let maxNesting = 64

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var nesting = 0

    /// Returns the value of a text; nil when it is not JSON.
    static func value(of text: String) -> ManifestValue? {
        var reader = JSONText(scalars: Array(text.unicodeScalars))
        let value = reader.value()
        reader.skipSpace()
        guard reader.position == reader.scalars.count else { return nil }
        return value
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private mutating func value() -> ManifestValue? {
        skipSpace()
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.maxNesting, position < scalars.count else { return nil }
        switch scalars[position] {
        case "{": return mapping()
        case "[": return list()
        case "\"": return string().map { .string($0) }
        case "t": return constant("true", .bool(true))
        case "f": return constant("false", .bool(false))
        case "n": return constant("null", .null)
        default: return number()
        }
    }

    private mutating func constant(_ word: String, _ value: ManifestValue) -> ManifestValue? {
        // Not `? value : nil`: a nil literal may be a value, too, which is null.
        guard take(word) else { return nil }
        return value
    }

    private mutating func list() -> ManifestValue? {
        position += 1
        var elements: [ManifestValue] = []
        if takeSign("]") { return .list(elements) }
        repeat {
            guard let element = value() else { return nil }
            elements.append(element)
        } while takeSign(",")
        guard takeSign("]") else { return nil }
        return .list(elements)
    }

    private mutating func mapping() -> ManifestValue? {
        position += 1
        var entries: [ManifestValue.Entry] = []
        if takeSign("}") { return .mapping(entries) }
        repeat {
            skipSpace()
            guard let key = string(), takeSign(":"), let value = value() else { return nil }
            entries.set(key, to: value)
        } while takeSign(",")
        guard takeSign("}") else { return nil }
        return .mapping(entries)
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var units: [UInt16] = []
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            switch scalar {
            case "\"": return String(decoding: units, as: UTF16.self)
            case "\\":
                guard let unit = escape() else { return nil }
                units.append(unit)
            case _ where scalar.value < 0x20: return nil
            default: units.append(contentsOf: String(scalar).utf16)
            }
        }
        return nil
    }

    private mutating func escape() -> UInt16? {
        guard position < scalars.count else { return nil }
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "\"", "\\", "/": return UInt16(scalar.value)
        case "b": return 0x08
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "u":
            let digits = scalars[position...].prefix(4)
            position += digits.count
            guard digits.count == 4, digits.allSatisfy(\.properties.isASCIIHexDigit) else { return nil }
            return UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
        default: return nil
        }
    }

    private mutating func number() -> ManifestValue? {
        let text = String(
            String.UnicodeScalarView(scalars[position...].prefix { "+-.0123456789eE".unicodeScalars.contains($0) })
        )
        guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else { return nil }
        position += text.unicodeScalars.count
        return Int(text).map { .int($0) } ?? Double(text).map { .double($0) }
    }

    private mutating func takeSign(_ sign: String) -> Bool {
        skipSpace()
        return take(sign)
    }

    private mutating func take(_ word: String) -> Bool {
        guard scalars[position...].starts(with: word.unicodeScalars) else { return false }
        position += word.unicodeScalars.count
        return true
    }

    private mutating func skipSpace() {
        while position < scalars.count, " \t\n\r".unicodeScalars.contains(scalars[position]) { position += 1 }
    }
}
