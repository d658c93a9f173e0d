import BatchDomain

/// `KEY=VALUE`, as flags such as `--set`, `--tags` and `--env` take it.
struct Assignment: Equatable {
    var key: String
    var value: String

    init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// Reads all of a flag's values.
    ///
    /// - Throws: ``ValidationError`` with every one that has no `=` or no key.
    static func read(_ texts: [String], flag: String, example: String = "owner=me") throws -> [Assignment] {
        let problems = texts.filter { Assignment($0) == nil }.map {
            Problem(field: flag, value: $0, rule: "must be KEY=VALUE", example: "\(flag) \(example)")
        }
        try ValidationError.throwIfAny(problems)
        return texts.compactMap { Assignment($0) }
    }

    /// Reads labels; of one that is given twice the last counts.
    static func labels(_ texts: [String], flag: String) throws -> [String: String] {
        Dictionary(try read(texts, flag: flag).map { ($0.key, $0.value) }) { _, last in last }
    }

    init?(_ text: String) {
        guard let sign = text.firstIndex(of: "="), sign != text.startIndex else { return nil }
        key = String(text[..<sign])
        value = String(text[text.index(after: sign)...])
    }
}
