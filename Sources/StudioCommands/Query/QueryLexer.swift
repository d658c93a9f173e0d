import BatchManifest

/// Divides the text of a query into tokens.
struct QueryLexer {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private var position = 0

    /// The longer ones first.
    private static let signs = [
        "[]", "[?", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "@", "&", ".", "[", "]", "*", "{", "}",
        ",", ":", "|",
    ].map { (text: $0, scalars: Array($0.unicodeScalars)) }

    /// Returns the tokens of a query; the last is its end.
    ///
    /// - Throws: ``QueryFault`` for a character or an open quote that no token has.
    static func tokens(of text: String) throws(QueryFault) -> [QueryToken] {
        var lexer = QueryLexer(text: text, scalars: Array(text.unicodeScalars))
        var tokens: [QueryToken] = []
        repeat {
            lexer.skipSpace()
            tokens.append(QueryToken(kind: .end, column: lexer.position + 1))
            tokens[tokens.count - 1].kind = try lexer.next()
        } while tokens.last?.kind != .end
        return tokens
    }

    private init(text: String, scalars: [Unicode.Scalar]) {
        self.text = text
        self.scalars = scalars
    }

    private mutating func skipSpace() {
        while let scalar = scalar(at: position), " \t\n\r".unicodeScalars.contains(scalar) { position += 1 }
    }

    private mutating func next() throws(QueryFault) -> QueryToken.Kind {
        guard let first = scalar(at: position) else { return .end }
        switch first {
        case "'": return .literal(.string(try quoted(by: first).replacing("\\'", with: "'")))
        case "\"": return .name(try quotedName(), isQuoted: true)
        case "`": return .literal(try literal())
        case "-", "0"..."9": return .number(try number())
        case "a"..."z", "A"..."Z", "_": return .name(name(), isQuoted: false)
        default:
            let rest = scalars[position...]
            guard let sign = Self.signs.first(where: { rest.starts(with: $0.scalars) }) else { throw fault(position) }
            position += sign.scalars.count
            return .sign(sign.text)
        }
    }

    private mutating func name() -> String {
        taking { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": true
            default: false
            }
        }
    }

    private mutating func number() throws(QueryFault) -> Int {
        let start = position
        let sign = scalars[position] == "-" ? "-" : ""
        position += sign.utf8.count
        let digits = taking { ("0"..."9").contains($0) }
        guard let number = Int(sign + digits) else { throw fault(start) }
        return number
    }

    private mutating func quotedName() throws(QueryFault) -> String {
        let start = position
        let text = "\"" + (try quoted(by: "\"")) + "\""
        guard case .string(let name)? = JSONText.value(of: text) else { throw fault(start) }
        return name
    }

    /// A value in backquotes; what is no JSON is a string, as in the first version of JMESPath.
    private mutating func literal() throws(QueryFault) -> ManifestValue {
        let start = position
        let text = try quoted(by: "`").replacing("\\`", with: "`")
        let bare = "\"" + text.drop { $0.isWhitespace } + "\""
        guard let value = JSONText.value(of: text) ?? JSONText.value(of: bare) else { throw fault(start) }
        return value
    }

    /// The text up to the closing quote; a quote behind a backslash does not close it, and the backslash stays.
    private mutating func quoted(by quote: Unicode.Scalar) throws(QueryFault) -> String {
        let start = position
        var result = String.UnicodeScalarView()
        position += 1
        while let scalar = scalar(at: position), scalar != quote {
            result.append(scalar)
            position += 1
            if scalar == "\\", let escaped = self.scalar(at: position) {
                result.append(escaped)
                position += 1
            }
        }
        if position >= scalars.count { throw fault(start, "a closing \(quote)") }
        position += 1
        return String(result)
    }

    private mutating func taking(while isTaken: (Unicode.Scalar) -> Bool) -> String {
        let taken = scalars[position...].prefix(while: isTaken)
        position = taken.endIndex
        return String(String.UnicodeScalarView(taken))
    }

    private func scalar(at position: Int) -> Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private func fault(_ position: Int, _ expectation: String? = nil) -> QueryFault {
        .syntax(text, at: position + 1, expectation)
    }
}
