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
        parts = text.unicodeScalars.split(separator: "/").map { name in
            name.elementsEqual("**".unicodeScalars) ? .folders : .name(Self.tokens(of: Array(name)))
        }
    }

    /// The pattern that matches exactly this text.
    package static func escaped(_ text: String) -> String {
        text.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
    }

    /// Whether a name has a character that stands for others.
    package static func isPattern(_ name: some StringProtocol) -> Bool { name.contains { "*?[".contains($0) } }

    /// Whether the pattern matches a file's path, which has no `/` at its beginning.
    package func matches(_ path: String) -> Bool {
        Self.matches(parts[...], Self.names(of: path)[...])
    }

    /// Whether the pattern can match a file somewhere below a folder.
    package func mayMatch(below folder: String) -> Bool {
        Self.mayMatch(parts[...], below: Self.names(of: folder)[...])
    }

    // MARK: Matching

    private typealias Name = [Unicode.Scalar]

    private static func names(of path: String) -> [Name] { path.unicodeScalars.split(separator: "/").map(Array.init) }

    private static func matches(_ parts: ArraySlice<Part>, _ names: ArraySlice<Name>) -> Bool {
        guard let part = parts.first else { return names.isEmpty }
        switch part {
        case .folders:
            // At the end it stands for files at any depth, of which there is one at least.
            if parts.count == 1 { return !names.isEmpty }
            return names.indices.contains { matches(parts.dropFirst(), names[$0...]) }
        case .name(let tokens):
            guard let name = names.first, matches(tokens[...], name[...]) else { return false }
            return matches(parts.dropFirst(), names.dropFirst())
        }
    }

    private static func mayMatch(_ parts: ArraySlice<Part>, below names: ArraySlice<Name>) -> Bool {
        guard let part = parts.first else { return false }
        guard let name = names.first else { return true }
        switch part {
        case .folders: return true
        case .name(let tokens):
            return matches(tokens[...], name[...]) && mayMatch(parts.dropFirst(), below: names.dropFirst())
        }
    }

    /// Matches a name; of several `*`, only the last is tried at other places, which is enough and takes no exponential time.
    private static func matches(_ tokens: ArraySlice<Token>, _ name: ArraySlice<Unicode.Scalar>) -> Bool {
        var (tokens, name) = (tokens, name)
        var retry: (tokens: ArraySlice<Token>, name: ArraySlice<Unicode.Scalar>)?
        while true {
            if tokens.first == .many {
                tokens = tokens.dropFirst()
                retry = (tokens, name)
            } else if let token = tokens.first, let scalar = name.first, accepts(token, scalar) {
                (tokens, name) = (tokens.dropFirst(), name.dropFirst())
            } else if tokens.isEmpty, name.isEmpty {
                return true
            } else if let earlier = retry, !earlier.name.isEmpty {
                (tokens, name) = (earlier.tokens, earlier.name.dropFirst())
                retry = (tokens, name)
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

/// Patterns of paths: a path is among them when one of them matches, and none that begins with `!`.
package struct PathPatterns: Equatable, Sendable {
    private let wanted: [PathPattern]
    private let unwanted: [PathPattern]

    package init(_ texts: [String]) {
        wanted = texts.filter { !$0.hasPrefix("!") }.map { PathPattern($0) }
        unwanted = texts.filter { $0.hasPrefix("!") }.map { PathPattern(String($0.dropFirst())) }
    }

    /// Whether a file's path is among them.
    package func matches(_ path: String) -> Bool {
        wanted.contains { $0.matches(path) } && !unwanted.contains { $0.matches(path) }
    }

    /// Whether a file somewhere below a folder can be among them.
    package func mayMatch(below folder: String) -> Bool { wanted.contains { $0.mayMatch(below: folder) } }
}
