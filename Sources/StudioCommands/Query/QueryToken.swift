import BatchDomain
import BatchManifest

/// A word of a query, with the column where it begins.
struct QueryToken: Equatable {
    /// The kinds of words.
    enum Kind: Equatable {
        /// A bare or double-quoted name.
        case name(String)
        /// Text in single quotes, or in backquotes.
        case literal(String, isJSON: Bool)
        /// A whole number.
        case number(Int)
        /// Punctuation.
        case sign(String)
    }

    var kind: Kind
    var column: Int

    /// Cuts a query into words.
    ///
    /// - Throws: ``Problem`` for a character or an open quote that no word has.
    static func read(_ text: String) throws(Problem) -> [QueryToken] {
        var tokens: [QueryToken] = []
        var rest = text[...]
        while let first = rest.first {
            let column = text.count - rest.count + 1
            if first.isWhitespace {
                rest.removeFirst()
                continue
            }
            let kind: Kind
            if let sign = signs.first(where: { rest.hasPrefix($0) }) {
                kind = .sign(sign)
                rest.removeFirst(sign.count)
            } else if first.isLetter || first == "_" {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                kind = .name(String(name))
                rest = rest[name.endIndex...]
            } else if first.isNumber || first == "-", let number = Self.number(at: rest) {
                kind = .number(number.value)
                rest = rest[number.end...]
            } else if "'\"`".contains(first), let end = rest.dropFirst().firstIndex(of: first) {
                let body = String(rest[rest.index(after: rest.startIndex)..<end])
                kind = first == "\"" ? .name(body) : .literal(body, isJSON: first == "`")
                rest = rest[rest.index(after: end)...]
            } else {
                throw QueryParser.refusal(of: text, at: column)
            }
            tokens.append(QueryToken(kind: kind, column: column))
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

    private static func number(at text: Substring) -> (value: Int, end: Substring.Index)? {
        let digits = text.dropFirst().prefix { $0.isNumber }
        return Int(text[..<digits.endIndex]).map { ($0, digits.endIndex) }
    }

    /// The longer ones first.
    private static let signs = [
        "[]", "[?", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "@", "&", ".", "[", "]", "*", "{", "}",
        ",", ":", "|",
    ]
}
