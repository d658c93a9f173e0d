import BatchDomain
import Yams

/// Turns text into nodes within bounds, so that no file can make the reader run out of time, memory or stack.
struct YAMLComposer {
    /// The most bytes of text that are read.
    static let largestText = 4 << 20
    /// The most nodes, counting those that aliases repeat.
    static let maxNodes = 200_000
    /// The deepest nesting.
    static let deepestNesting = 64
    /// The most bytes that a text may amount to once its aliases are followed.
    ///
    /// Yams hashes mapping keys before the size of their aliases can be counted, so this is checked in the text:
    /// n aliases can make 3^(n/3) copies of it.
    static let largestExpansion = 1 << 26

    private let file: String
    private var nodes = 0

    private init(file: String) {
        self.file = file
    }

    static func compose(_ text: String, file: String) throws(ValidationError) -> YAMLNode {
        if let problem = boundProblem(of: text, file: file) { throw ValidationError(problem) }
        var root: Node?
        do {
            root = try Parser(yaml: text, resolver: .basic).singleRoot()
        } catch {
            throw ValidationError(YAMLComposer.problems(of: error, text: text, file: file))
        }
        guard let root else { return YAMLNode(.null, at: SourceLocation(file: file, line: 1)) }
        var composer = YAMLComposer(file: file)
        do {
            return try composer.node(root, depth: 1)
        } catch {
            throw ValidationError(error)
        }
    }

    private mutating func node(_ node: Node, depth: Int) throws(Problem) -> YAMLNode {
        let location = location(node.mark)
        nodes += 1
        if nodes > Self.maxNodes {
            throw Problem(
                field: "the file",
                rule: "holds more than \(Self.maxNodes) values, aliases (*name) counted as what they repeat",
                location: location
            )
        }
        if depth > Self.deepestNesting {
            throw Problem(
                field: "the file",
                rule: "is nested more than \(Self.deepestNesting) levels deep",
                location: location
            )
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            if isPlain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
                return YAMLNode(.null, at: location)
            }
            return YAMLNode(.scalar(scalar.string, isPlain: isPlain), at: location)
        case .sequence(let sequence):
            var elements: [YAMLNode] = []
            for element in sequence { elements.append(try self.node(element, depth: depth + 1)) }
            return YAMLNode(.sequence(elements), at: location)
        case .mapping(let mapping):
            return YAMLNode(.mapping(try entries(of: mapping, depth: depth)), at: location)
        case .alias:
            return YAMLNode(.null, at: location)
        }
    }

    private mutating func entries(of mapping: Node.Mapping, depth: Int) throws(Problem) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var merged: [YAMLNode.Entry] = []
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw Problem(
                    field: "a key",
                    rule: "is a list or a mapping, but keys must be text",
                    location: location(key.mark)
                )
            }
            let value = try node(value, depth: depth + 1)
            if scalar.string == "<<", scalar.style == .plain {
                for source in value.elements ?? [value] { merged += source.entries ?? [] }
            } else if let first = lines[scalar.string] {
                // Yams distinguishes two keys by their tags too; they would be one name here.
                throw Problem(
                    field: scalar.string,
                    rule: "is given more than once, first in line \(first); keep one",
                    location: location(key.mark)
                )
            } else {
                lines[scalar.string] = key.mark?.line ?? 1
                entries.append(.init(key: scalar.string, location: location(key.mark), value: value))
            }
        }
        var keys = Set(entries.map(\.key))
        return entries + merged.filter { keys.insert($0.key).inserted }
    }

    private func location(_ mark: Mark?) -> SourceLocation? {
        mark.map { SourceLocation(file: file, line: $0.line, column: $0.column) }
    }

    private static func boundProblem(of text: String, file: String) -> Problem? {
        let start = SourceLocation(file: file, line: 1)
        if text.utf8.count > largestText {
            return Problem(
                field: "the file",
                rule: "is larger than \(largestText >> 20) MiB, too large for a description",
                location: start
            )
        }
        let aliases = aliasCount(in: text)
        var expansion = text.utf8.count
        for _ in 0..<(aliases + 2) / 3 where expansion <= largestExpansion { expansion *= 3 }
        guard aliases > 0, expansion > largestExpansion else { return nil }
        return Problem(
            field: "the file",
            rule: "uses \(aliases) aliases (*name), which can amount to more than is read; write the values out",
            location: start
        )
    }

    /// Counts every `*name` whose `&name` is in the text, quoted or not: never fewer than the aliases there are.
    private static func aliasCount(in text: String) -> Int {
        let anchors = Set(names(after: UInt8(ascii: "&"), in: text))
        if anchors.isEmpty { return 0 }
        return names(after: UInt8(ascii: "*"), in: text).count { anchors.contains($0) }
    }

    private static func names(after sign: UInt8, in text: String) -> [String] {
        text.utf8.split(separator: sign, omittingEmptySubsequences: false).dropFirst().map { rest in
            String(decoding: rest.prefix(while: isNameByte), as: UTF8.self)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
