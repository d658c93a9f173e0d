extension ManifestValue {
    /// YAML in block style, ending with a line break; reads back as the same value.
    package var yaml: String {
        switch self {
        case .mapping(let entries) where !entries.isEmpty: lines(of: entries, indentation: "")
        case .list(let elements) where !elements.isEmpty: lines(of: elements, indentation: "")
        default: inline + "\n"
        }
    }

    /// YAML in one line.
    package var inline: String {
        switch self {
        case .string(let text):
            Self.isPlain(text) ? text : Self.isPrintable(text) ? Self.singleQuoted(text) : Self.quoted(text)
        case .int(let number): String(number)
        case .double(let number):
            number.isNaN ? ".nan" : number.isInfinite ? (number < 0 ? "-.inf" : ".inf") : "\(number)"
        case .bool(let truth): truth ? "true" : "false"
        case .null: "null"
        case .list(let elements): "[" + elements.map(\.inline).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\(ManifestValue.string($0.key).inline): \($0.value.inline)" }.joined(separator: ", ")
                + "}"
        }
    }

    private func lines(of entries: [Entry], indentation: String) -> String {
        entries.map { entry in
            indentation + ManifestValue.string(entry.key).inline + ":" + entry.value.afterKey(indentation: indentation)
        }.joined()
    }

    private func lines(of elements: [ManifestValue], indentation: String) -> String {
        elements.map { element in
            let inner: String
            switch element {
            case .mapping(let entries) where !entries.isEmpty:
                inner = lines(of: entries, indentation: indentation + "  ")
            case .list(let items) where !items.isEmpty: inner = lines(of: items, indentation: indentation + "  ")
            default: return "\(indentation)- \(element.inline)\n"
            }
            // By scalars: a key may begin with a mark that combines with the blank before it.
            return indentation + "- " + String(inner.unicodeScalars.dropFirst(indentation.unicodeScalars.count + 2))
        }.joined()
    }

    /// The text after `key:`: lists are at the key's own level, as PyYAML and so `az` prints them.
    private func afterKey(indentation: String) -> String {
        switch self {
        case .mapping(let entries) where !entries.isEmpty: "\n" + lines(of: entries, indentation: indentation + "  ")
        case .list(let elements) where !elements.isEmpty: "\n" + lines(of: elements, indentation: indentation)
        case .string(let text) where Self.isBlock(text): Self.block(text, indentation: indentation + "  ")
        default: " \(inline)\n"
        }
    }

    /// Several printable lines, as a literal block shows them best.
    private static func isBlock(_ text: String) -> Bool {
        guard text.contains("\n"), let first = text.unicodeScalars.first, first != " ", first != "\n" else {
            return false
        }
        return text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.mustBeEscaped }
    }

    private static func block(_ text: String, indentation: String) -> String {
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let endings = text.unicodeScalars.reversed().prefix { $0 == "\n" }.count
        if endings > 0 { lines.removeLast() }
        let sign = endings == 0 ? "|-" : endings == 1 ? "|" : "|+"
        return " \(sign)\n" + lines.map { $0.isEmpty ? "\n" : "\(indentation)\($0)\n" }.joined()
    }
}

extension ManifestValue {
    private static let words: Set<String> = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", "=", "<<", ".nan", ".inf", "-.inf", "+.inf",
    ]

    /// Returns whether text needs no quotes in any place and no reader takes it for something else than text.
    static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        if words.contains(text.lowercased()) || looksLikeNumber(text) || !isPrintable(text) { return false }
        if "-?:,[]{}#&*!|>'\"%@` ".unicodeScalars.contains(first) || last == " " || last == ":" { return false }
        // Judged by scalars: a mark that combines with the blank must not hide it.
        let neighbours = zip(text.unicodeScalars, text.unicodeScalars.dropFirst())
        if neighbours.contains(where: { $0 == (":", " ") || $0 == (" ", "#") }) { return false }
        return !text.unicodeScalars.contains { ",[]{}".unicodeScalars.contains($0) }
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { !$0.mustBeEscaped }
    }

    /// Numbers, times (`12:30`) and dates of YAML 1.1 all begin like a number and hold nothing but these signs.
    private static func looksLikeNumber(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, "0123456789+-.".unicodeScalars.contains(first) else {
            return false
        }
        return text.unicodeScalars.allSatisfy { "0123456789abcdefABCDEFxXoO_.:+-tTzZ ".unicodeScalars.contains($0) }
    }

    private static func singleQuoted(_ text: String) -> String {
        var result = "'".unicodeScalars
        for scalar in text.unicodeScalars {
            result.append(scalar)
            if scalar == "'" { result.append(scalar) }
        }
        return String(result) + "'"
    }
}
