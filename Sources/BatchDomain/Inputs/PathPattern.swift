/// A pattern of paths: `*` and `?` stand for text and a character of one name, `[a-z]` and `[!a-z]` for a character, and `**`
/// for any number of folders.
///
/// ```swift
/// PathPattern("sales/*.csv").matches("sales/may.csv")     // true
/// PathPattern("**/*.parquet").matches("a/b/c.parquet")    // true
/// ```
package struct PathPattern: Hashable, Sendable {
    private enum Part: Hashable {
        /// `**`: any number of names.
        case folders
        case name([Token])
    }

    private enum Token: Hashable {
        case scalar(Unicode.Scalar)
        /// `?`
        case one
        /// `*`
        case many
        /// `[abc]`, or `[!abc]` where it is negated.
        case choice([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    /// The pattern as written.
    package let text: String
    private let parts: [Part]

    package init(_ text: String) {
        self.text = text
        var parts: [Part] = []
        for name in text.unicodeScalars.split(separator: "/") {
            if !name.elementsEqual("**".unicodeScalars) {
                parts.append(.name(Self.tokens(of: Array(name))))
            } else if parts.last != .folders {
                parts.append(.folders)
            }
        }
        // At the end it stands for files at any depth, of which there is one at least.
        if parts.last == .folders { parts.append(.name([.many])) }
        self.parts = parts
    }

    /// The only path that matches; nil where characters stand for others.
    package var onlyPath: String? {
        var names: [String] = []
        for part in parts {
            guard case .name(let tokens) = part else { return nil }
            var name = String.UnicodeScalarView()
            for token in tokens {
                switch token {
                case .scalar(let scalar): name.append(scalar)
                case .choice(let ranges, isNegated: false)
                where ranges.count == 1 && ranges[0].lowerBound == ranges[0].upperBound:
                    name.append(ranges[0].lowerBound)
                case .one, .many, .choice: return nil
                }
            }
            names.append(String(name))
        }
        return names.isEmpty ? nil : names.joined(separator: "/")
    }

    /// The pattern that matches exactly this text.
    package static func escaped(_ text: String) -> String {
        text.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
    }

    /// Returns whether a name has a character that stands for others.
    package static func isPattern(_ name: some StringProtocol) -> Bool { name.contains { "*?[".contains($0) } }

    /// Returns whether the pattern matches a file's path, which has no `/` at its beginning.
    package func matches(_ path: String) -> Bool {
        Self.matches(parts, Self.names(of: path), isAny: { $0 == .folders }) { part, name in
            guard case .name(let tokens) = part else { return false }
            return Self.matches(tokens, name, isAny: { $0 == .many }, accepts: Self.accepts)
        }
    }

    /// Returns whether the pattern can match a file somewhere below a folder.
    package func mayMatch(below folder: String) -> Bool {
        Self.mayMatch(parts[...], below: Self.names(of: folder)[...])
    }

    // MARK: Matching

    private typealias Name = [Unicode.Scalar]

    private static func names(of path: String) -> [Name] { path.unicodeScalars.split(separator: "/").map(Array.init) }

    private static func mayMatch(_ parts: ArraySlice<Part>, below names: ArraySlice<Name>) -> Bool {
        guard let part = parts.first else { return false }
        guard let name = names.first else { return true }
        switch part {
        case .folders: return true
        case .name(let tokens):
            return matches(tokens, name, isAny: { $0 == .many }, accepts: accepts)
                && mayMatch(parts.dropFirst(), below: names.dropFirst())
        }
    }

    /// Matches parts with names, or tokens with the characters of one name.
    ///
    /// Of several parts that stand for any number of elements, only the last is compared at other places, which is enough and
    /// takes no exponential time.
    private static func matches<Token, Element>(
        _ tokens: [Token],
        _ elements: [Element],
        isAny: (Token) -> Bool,
        accepts: (Token, Element) -> Bool
    ) -> Bool {
        var (token, element) = (0, 0)
        var again: (token: Int, element: Int)?
        while true {
            if token < tokens.count, isAny(tokens[token]) {
                token += 1
                again = (token, element)
            } else if token < tokens.count, element < elements.count, accepts(tokens[token], elements[element]) {
                (token, element) = (token + 1, element + 1)
            } else if token == tokens.count, element == elements.count {
                return true
            } else if let earlier = again, earlier.element < elements.count {
                (token, element) = (earlier.token, earlier.element + 1)
                again = (token, element)
            } else {
                return false
            }
        }
    }

    private static func accepts(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
        switch token {
        case .scalar(let wanted): scalar == wanted
        case .one, .many: true
        case .choice(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
        }
    }

    // MARK: Parsing

    private static func tokens(of name: [Unicode.Scalar]) -> [Token] {
        var tokens: [Token] = []
        var rest = name[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": if tokens.last != .many { tokens.append(.many) }
            case "?": tokens.append(.one)
            case "[": tokens.append(choice(in: &rest) ?? .scalar(scalar))
            default: tokens.append(.scalar(scalar))
            }
        }
        return tokens
    }

    /// The rest of `[…]`; nil, with nothing taken, where no `]` follows.
    private static func choice(in rest: inout ArraySlice<Unicode.Scalar>) -> Token? {
        var inside = rest
        let isNegated = inside.first == "!" || inside.first == "^"
        if isNegated { inside.removeFirst() }
        // A ']' that comes first is one of the characters.
        guard let end = inside.dropFirst().firstIndex(of: "]") else { return nil }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var scalars = inside[..<end]
        while let first = scalars.popFirst() {
            if scalars.count >= 2, scalars.first == "-", let last = scalars.dropFirst().first {
                scalars = scalars.dropFirst(2)
                if first <= last { ranges.append(first...last) }
            } else {
                ranges.append(first...first)
            }
        }
        rest = rest[(end + 1)...]
        return .choice(ranges, isNegated: isNegated)
    }
}

/// Patterns of paths: a path is among them when one of them matches, and none of those that leave paths out.
///
///     PathPatterns(["*.csv", "!old.csv"]).matches("old.csv")  // false
package struct PathPatterns: Equatable, Sendable {
    private let wanted: [PathPattern]
    private let unwanted: [PathPattern]

    /// The paths that are named one by one: their patterns match nothing else.
    package let named: [String]

    /// Takes patterns as they are stored.
    ///
    /// - Parameter texts: What ``stored(wanted:unwanted:)`` returned: those that leave paths out begin with `!`.
    package init(_ texts: [String]) {
        wanted = texts.filter { !$0.hasPrefix("!") }.map { PathPattern($0) }
        unwanted = texts.filter { $0.hasPrefix("!") }.map { PathPattern(String($0.dropFirst())) }
        named = wanted.compactMap(\.onlyPath).filter { [unwanted] path in !unwanted.contains { $0.matches(path) } }
    }

    /// Two lists of patterns as one, which assets and jobs keep.
    ///
    /// - Parameters:
    ///   - wanted: The patterns of the paths that are among them, whatever they begin with.
    ///   - unwanted: The patterns of paths that are left out all the same.
    /// - Returns: The list that ``init(_:)`` reads.
    package static func stored(wanted: [String], unwanted: [String]) -> [String] {
        // A '/' at the beginning means nothing, but keeps the name of a file that begins with '!' from leaving it out.
        wanted.map { $0.hasPrefix("!") ? "/" + $0 : $0 } + unwanted.map { "!" + $0 }
    }

    /// Returns whether a file's path is among them.
    package func matches(_ path: String) -> Bool {
        wanted.contains { $0.matches(path) } && !unwanted.contains { $0.matches(path) }
    }

    /// Returns whether a file somewhere below a folder can be among them.
    package func mayMatch(below folder: String) -> Bool { wanted.contains { $0.mayMatch(below: folder) } }
}
