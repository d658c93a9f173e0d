extension ReadOption {
    /// The value that a typed one means: words and numbers read, `tab` the tab character.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong; the fields begin with the option's key.
    func value(of typed: ReadOptionValue) throws(ValidationError) -> ReadOptionValue {
        var reading = ReadOptionReading(option: self)
        let value = reading.value(of: typed)
        try ValidationError.throwIfAny(reading.problems)
        return value
    }
}

/// Reads one typed value and collects everything that is wrong with it.
private struct ReadOptionReading {
    let option: ReadOption
    private(set) var problems: [Problem] = []
    /// Maximum problems that are reported for one value.
    private static let maxProblems = 20

    init(option: ReadOption) { self.option = option }

    private var key: String { option.key }
    private var example: String { option.example }

    mutating func value(of typed: ReadOptionValue) -> ReadOptionValue {
        switch option.kind {
        case .texts(let areNames): return list(typed, areNames: areNames)
        case .names: return mapping(typed) { reading, text, field in reading.nonEmpty(text, field: field) }
        case .choices(let words):
            return mapping(typed) { reading, text, field in reading.choice(text, of: words, field: field) }
        case .dateFormats: return dateFormats(typed)
        case .choice, .character, .encoding, .text, .truth, .wholeNumber, .partitionFormat: break
        }
        guard let text = typed.text else {
            report(rule: "must be text, but it is \(typed.noun)")
            return typed
        }
        return value(ofText: text)
    }

    private mutating func value(ofText text: String) -> ReadOptionValue {
        switch option.kind {
        case .choice(let words): choice(text, of: words, field: key)
        case .character(let words): character(text, words)
        case .encoding: encoding(text)
        case .truth: truth(text)
        case .wholeNumber(let minimum): number(text, minimum)
        case .partitionFormat: partitionFormat(text)
        case .text, .texts, .names, .choices, .dateFormats: nonEmpty(text, field: key)
        }
    }

    private mutating func report(_ field: String? = nil, value: String? = nil, rule: String, example: String? = nil) {
        guard problems.count < Self.maxProblems else { return }
        problems.append(Problem(field: field ?? key, value: value, rule: rule, example: example ?? self.example))
    }

    // MARK: Scalars

    fileprivate mutating func choice(_ text: String, of words: [String], field: String) -> ReadOptionValue {
        if let word = words.first(where: { $0.lowercased() == text.lowercased() }) { return .text(word) }
        let near = NearestKey.of(text, among: words).map { "; did you mean '\($0)'?" } ?? ""
        report(field, value: text, rule: "must be one of \(words.joined(separator: ", "))\(near)")
        return .text(text)
    }

    private mutating func character(_ text: String, _ words: [String]) -> ReadOptionValue {
        if text == "\\t" || text.lowercased() == "tab" { return .text("\t") }
        if let word = words.first(where: { $0 == text.lowercased() }) { return .text(word) }
        let scalars = text.unicodeScalars
        let isOfNumbers = text.contains { $0.isNumber || $0.isLetter || $0 == "-" || $0 == "+" }
        if scalars.count != 1 || scalars.contains(where: { "\0\n\r".unicodeScalars.contains($0) }) {
            report(value: text, rule: "must be one character" + words.map { " or '\($0)'" }.joined())
        } else if option == .decimal || option == .thousands, isOfNumbers {
            report(value: text, rule: "must not be a letter, a digit or a sign")
        }
        return .text(text)
    }

    private mutating func encoding(_ text: String) -> ReadOptionValue {
        if let encoding = TextEncoding.named(text) { return .text(encoding) }
        let near = TextEncoding.nearest(to: text).map { "; did you mean '\($0)'?" } ?? ""
        report(value: text, rule: "must be an encoding that Python knows\(near)")
        return .text(text)
    }

    fileprivate mutating func nonEmpty(_ text: String, field: String) -> ReadOptionValue {
        if text.isEmpty { report(field, rule: "must not be empty") }
        return .text(text)
    }

    private mutating func truth(_ text: String) -> ReadOptionValue {
        if let truth = Bool(text.lowercased()) { return .truth(truth) }
        report(value: text, rule: "must be true or false")
        return .text(text)
    }

    private mutating func number(_ text: String, _ minimum: Int) -> ReadOptionValue {
        if let number = Int(text), number >= minimum { return .number(number) }
        report(value: text, rule: "must be a whole number, \(minimum) or more")
        return .text(text)
    }

    private mutating func partitionFormat(_ text: String) -> ReadOptionValue {
        if let rule = PartitionFormat.problem(in: text) { report(value: text, rule: rule) }
        return .text(text)
    }

    // MARK: Lists and mappings

    private mutating func list(_ typed: ReadOptionValue, areNames: Bool) -> ReadOptionValue {
        guard case .list(let values) = typed else {
            report(value: typed.text, rule: "must be a list")
            return typed
        }
        let texts = texts(values, field: key)
        if areNames {
            if texts.isEmpty { report(rule: "must name a column") }
            if texts.contains("") { report(rule: "must not have an empty name") }
            var seen: Set<String> = []
            for name in texts where !name.isEmpty && !seen.insert(name).inserted {
                report(value: name, rule: "is given more than once")
            }
        }
        return .list(texts.map { .text($0) })
    }

    private mutating func texts(_ values: [ReadOptionValue], field: String) -> [String] {
        for value in values where value.text == nil {
            report(field, rule: "must hold texts, but one is \(value.noun)")
        }
        return values.compactMap(\.text)
    }

    private mutating func mapping(
        _ typed: ReadOptionValue,
        _ read: (inout Self, String, String) -> ReadOptionValue
    ) -> ReadOptionValue {
        guard case .mapping(let entries) = typed else {
            report(value: typed.text, rule: "must be a mapping of columns")
            return typed
        }
        var result: [String: ReadOptionValue] = [:]
        for (column, value) in entries.sorted(by: { $0.key < $1.key }) {
            let field = "\(key).\(column)"
            if let text = value.text {
                result[column] = read(&self, text, field)
            } else {
                report(field, rule: "must be text, but it is \(value.noun)")
            }
        }
        return .mapping(result)
    }

    private mutating func dateFormats(_ typed: ReadOptionValue) -> ReadOptionValue {
        switch typed {
        case .mapping(let entries):
            for (column, value) in entries.sorted(by: { $0.key < $1.key }) {
                let field = "\(key).\(column)"
                switch value {
                case .list(let formats):
                    if formats.isEmpty { report(field, rule: "must hold a format", example: "%d/%m/%Y") }
                    for format in texts(formats, field: field) { dateFormat(format, field: field) }
                case .mapping: report(field, rule: "must be a text or a list of texts")
                case .text, .truth, .number: dateFormat(value.text ?? "", field: field)
                }
            }
        case .list: report(rule: "must be a text, or a mapping of columns to texts or lists of texts")
        case .text, .truth, .number: dateFormat(typed.text ?? "", field: key)
        }
        return typed
    }

    private mutating func dateFormat(_ format: String, field: String) {
        if let rule = DateFormat.problem(in: format) { report(field, value: format, rule: rule, example: "%d/%m/%Y") }
    }
}
