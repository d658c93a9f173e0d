extension ManifestValue {
    /// JSON as `az` prints it: two spaces a level, one space after `:`, letters of all alphabets as they are.
    package var json: String { json(indentation: "") }

    private func json(indentation: String) -> String {
        let inner = indentation + "  "
        switch self {
        case .string(let text): return Self.quoted(text)
        case .int(let number): return String(number)
        case .double(let number): return number.isFinite ? "\(number)" : "null"
        case .bool(let truth): return truth ? "true" : "false"
        case .null: return "null"
        case .list([]): return "[]"
        case .mapping([]): return "{}"
        case .list(let elements):
            let lines = elements.map { inner + $0.json(indentation: inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indentation)]"
        case .mapping(let entries):
            let lines = entries.map { "\(inner)\(Self.quoted($0.key)): \($0.value.json(indentation: inner))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
        }
    }

    /// Text in double quotes by RFC 8259, which YAML reads too; control characters of every kind are escaped.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.mustBeEscaped:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Unicode.Scalar {
    /// Control characters, and the line separators and byte order mark that YAML and terminals take for such.
    var mustBeEscaped: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
