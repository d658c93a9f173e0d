import BatchDomain
import BatchManifest

/// A word of a query.
enum QueryToken: Equatable {
    /// A bare or double-quoted name.
    case name(String)
    /// Text in single quotes, or in backquotes.
    case literal(String, isJSON: Bool)
    /// A whole number.
    case number(Int)
    /// Punctuation: `.`, `[`, `]`, `[]`, `[?`, `*`, `{`, `}`, `,`, `:`, `|`, `==`, `!=`.
    case sign(String)

    /// Cuts a query into words.
    ///
    /// - Throws: ``Problem`` for a character or an open quote that no word has.
    static func read(_ text: String) throws(Problem) -> [QueryToken] {
        var tokens: [QueryToken] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if let sign = signs.first(where: { rest.hasPrefix($0) }) {
                tokens.append(.sign(sign))
                rest.removeFirst(sign.count)
            } else if first.isLetter || first == "_" {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                tokens.append(.name(String(name)))
                rest = rest[name.endIndex...]
            } else if first.isNumber || first == "-" {
                let digits = rest.dropFirst().prefix { $0.isNumber }
                guard let number = Int(rest[..<digits.endIndex]) else { throw QueryParser.refusal(of: text) }
                tokens.append(.number(number))
                rest = rest[digits.endIndex...]
            } else if "'\"`".contains(first) {
                guard let end = rest.dropFirst().firstIndex(of: first) else { throw QueryParser.refusal(of: text) }
                let body = String(rest[rest.index(after: rest.startIndex)..<end])
                tokens.append(first == "\"" ? .name(body) : .literal(body, isJSON: first == "`"))
                rest = rest[rest.index(after: end)...]
            } else {
                throw QueryParser.refusal(of: text)
            }
        }
        return tokens
    }

    /// The value between backquotes; a bare word there is text, as in older JMESPath.
    static func value(ofJSON text: String) -> ManifestValue {
        switch text {
        case "null": .null
        case "true": .bool(true)
        case "false": .bool(false)
        case _ where text.hasPrefix("\"") && text.hasSuffix("\"") && text.count > 1:
            .string(String(text.dropFirst().dropLast()))
        default: Int(text).map { .int($0) } ?? Double(text).map { .double($0) } ?? .string(text)
        }
    }

    private static let signs = ["[]", "[?", "==", "!=", ".", "[", "]", "*", "{", "}", ",", ":", "|"]
}
