import BatchDomain

/// Reads the fields of one document by their path and collects everything that is wrong with them.
///
/// A key is known once it was asked for: `problemsAtEnd()` reports the others.
struct ManifestFields {
    let document: YAMLDocument
    /// The kind of thing that the document describes: "batch deployment".
    let noun: String
    private(set) var problems: [Problem] = []
    private(set) var known: [[String]] = []
    /// The known keys that say something, with the values that they take, for hints and schemas.
    private(set) var keys: [ManifestKey] = []
    /// Keys of which one must be given, by group.
    private(set) var alternatives: [[[String]]] = []

    init(_ document: YAMLDocument, noun: String) throws(ValidationError) {
        self.document = document
        self.noun = noun
        guard document.root.isNull || document.root.entries != nil else {
            throw ValidationError(
                Problem(
                    field: "the file",
                    rule: "must be a mapping with the keys of a \(noun), but it is \(document.root.noun)",
                    example: "name: …",
                    location: document.root.location
                )
            )
        }
        known = [["$schema"]]
    }

    /// Makes keys known whose values say nothing to batchstudio.
    mutating func accept(_ paths: String...) { known += paths.map(Self.keys) }

    /// The value at a path; nil when it is not there or empty.
    mutating func node(_ path: String, as values: ManifestKey.Values) -> YAMLNode? {
        let path = Self.keys(path)
        if !keys.contains(where: { $0.path == path }) {
            known.append(path)
            keys.append(ManifestKey(path: path, values: values))
        }
        return value(at: path)
    }

    /// Marks a key that must be given in the file; the reader of its value reports that it is missing.
    mutating func require(_ path: String) {
        let path = Self.keys(path)
        guard let index = keys.firstIndex(where: { $0.path == path }) else { return }
        keys[index].isRequired = true
    }

    /// Marks keys of which one must be given; their reader reports that all are missing.
    mutating func requireOne(of paths: [String]) { alternatives.append(paths.map(Self.keys)) }

    /// The node of a path, without marking its key as known.
    func value(at path: String) -> YAMLNode? { value(at: Self.keys(path)) }

    private func value(at path: [String]) -> YAMLNode? {
        var node: YAMLNode? = document.root
        for key in path { node = node?[key] }
        return node.flatMap { $0.isNull ? nil : $0 }
    }

    mutating func text(_ path: String, as values: ManifestKey.Values = .text) -> String? {
        guard let node = node(path, as: values) else { return nil }
        if node.text == nil { report(path, rule: "must be text, but it is \(node.noun)") }
        if node.text?.utf8.contains(0) == true { report(path, rule: Self.nulRule) }
        return node.text
    }

    /// The text of a key that may also hold a mapping.
    mutating func shortText(_ path: String) -> String? { node(path, as: .text)?.text }

    /// Text that must be given, in the file or with a flag in its place.
    mutating func requiredText(
        _ path: String,
        as values: ManifestKey.Values = .text,
        example: String,
        flag: String? = nil
    ) -> String {
        let isGiven = value(at: path) != nil
        if !isGiven {
            report(path, rule: "must be given" + (flag.map { " here or with \($0)" } ?? ""), example: example)
        }
        let text = text(path, as: values)
        if flag == nil { require(path) }
        return text ?? ""
    }

    /// One of a type's words, in any case of letters.
    ///
    /// - Parameters:
    ///   - path: The key.
    ///   - type: The type.
    ///   - rule: The rule in a refusal; nil for one that lists the words.
    ///   - example: A word that would be accepted.
    /// - Returns: The choice; nil where there is none, or another, which is reported.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ path: String,
        of type: Choice.Type,
        rule: String? = nil,
        example: Choice
    ) -> Choice? {
        let words = type.allCases.map(\.rawValue)
        guard let text = text(path, as: .choice(words)) else { return nil }
        if let choice = Choice(rawValue: text.lowercased()) { return choice }
        let rule = rule ?? "must be one of \(words.joined(separator: ", "))"
        report(path, value: text, rule: rule, example: example.rawValue)
        return nil
    }

    /// One of a type's words, which must be given.
    mutating func requiredChoice<Choice: RawRepresentable<String> & CaseIterable>(
        _ path: String,
        of type: Choice.Type,
        rule: String,
        example: Choice
    ) -> Choice? {
        if value(at: path) == nil { report(path, rule: "must be given", example: example.rawValue) }
        let choice = choice(path, of: type, rule: rule, example: example)
        require(path)
        return choice
    }

    /// A truth value.
    mutating func flag(_ path: String) -> Bool? {
        enum Word: String, CaseIterable { case yes = "true", no = "false" }
        return choice(path, of: Word.self, rule: "must be true or false", example: .yes).map { $0 == .yes }
    }

    /// Seconds, as ``SpanText`` writes them.
    mutating func span(_ path: String, example: String) -> Int? {
        guard let text = text(path, as: .span) else { return nil }
        if let seconds = SpanText.seconds(of: text) { return seconds }
        report(path, value: text, rule: "must be a number of seconds, or one with s, m or h", example: example)
        return nil
    }

    mutating func wholeNumber(_ path: String) -> Int? {
        guard let text = text(path, as: .wholeNumber) else { return nil }
        if let number = Int(text) { return number }
        report(path, value: text, rule: "must be a whole number", example: "1")
        return nil
    }

    /// Names with values: tags, properties, environment variables.
    mutating func labels(
        _ path: String,
        as values: ManifestKey.Values = .labels,
        example: String = "team: wine"
    ) -> [String: String]? {
        guard let node = node(path, as: values) else { return nil }
        guard let entries = node.entries else {
            report(path, rule: "must be a mapping, but it is \(node.noun)", example: example)
            return nil
        }
        var labels: [String: String] = [:]
        for entry in entries {
            if let text = entry.value.text {
                labels[entry.key] = text
                if (entry.key + text).utf8.contains(0) {
                    add(Problem(field: path, rule: Self.nulRule, location: entry.location))
                }
            } else if entry.value.isNull {
                labels[entry.key] = ""
            } else {
                let rule = "must be text, but it is \(entry.value.noun)"
                add(Problem(field: "\(path).\(entry.key)", rule: rule, location: entry.value.location))
            }
        }
        return labels
    }

    private static let nulRule = "must not hold a NUL character, which the system takes for the end of a text"

    mutating func report(_ path: String, value: String? = nil, rule: String, example: String? = nil) {
        add(Problem(field: path, value: value, rule: rule, example: example, location: location(path)))
    }

    mutating func add(_ problem: Problem) { problems.append(problem) }

    /// Runs a reader that refuses with one problem, and keeps the problem with its place.
    mutating func attempt<Value>(_ path: String, _ read: () throws(Problem) -> Value) -> Value? {
        do {
            return try read()
        } catch {
            var problem = error
            problem.field = path
            problem.location = location(path)
            problems.append(problem)
            return nil
        }
    }

    /// Where a value stands, or the mapping it would stand in.
    func location(_ path: String) -> SourceLocation? {
        var location = document.start
        var node = document.root
        for key in Self.keys(path) {
            guard let next = node[key] else { break }
            node = next
            location = node.location
        }
        return location
    }

    private static func keys(_ path: String) -> [String] { path.split(separator: ".").map(String.init) }
}
