import BatchDomain

/// A line of the configuration: a setting with its text, or nothing but a comment.
struct ConfigLine: Equatable, Sendable {
    /// The line as it stands in the file.
    let text: String
    /// The setting; nil in a line without one.
    let setting: ConfigSetting?
    /// The setting's value.
    let value: String
    /// The blanks and the comment after the value.
    private let end: String

    /// Makes a line.
    init(_ setting: ConfigSetting, _ value: String, end: String = "") {
        self.setting = setting
        self.value = value
        self.end = end
        text = "\(setting.rawValue) = \(Self.quoted(value))\(end)"
    }

    /// Reads a line.
    ///
    /// - Throws: ``Problem`` without its place.
    init(_ line: Substring) throws(Problem) {
        let words = line.drop { $0 == " " || $0 == "\t" }
        guard let first = words.first, first != "#" else {
            self.init(text: String(line), setting: nil, value: "", end: "")
            return
        }
        guard let sign = words.firstIndex(of: "="), first != "[" else {
            throw Problem(
                field: String(words),
                rule: first == "["
                    ? "is a table, but all settings stand at the top" : "must be a setting with its value",
                example: "output = \"table\""
            )
        }
        let name = words[..<sign].reversed().drop { $0 == " " || $0 == "\t" }.reversed()
        let setting = try ConfigSetting(named: String(name))
        let rest = words[words.index(after: sign)...].drop { $0 == " " || $0 == "\t" }
        let (value, end) = try Self.value(of: rest, setting)
        if let problem = setting.problem(of: value) { throw problem }
        self.init(text: String(line), setting: setting, value: value, end: end)
    }

    private init(text: String, setting: ConfigSetting?, value: String, end: String) {
        self.text = text
        self.setting = setting
        self.value = value
        self.end = end
    }

    /// The line with another value and the same comment.
    func changed(to value: String) -> ConfigLine {
        setting.map { ConfigLine($0, value, end: end) } ?? self
    }

    /// A text in double or single quotes, and what comes after it.
    private static func value(of rest: Substring, _ setting: ConfigSetting) throws(Problem) -> (String, String) {
        func refusal(_ rule: String) -> Problem {
            Problem(field: setting.rawValue, rule: rule, example: "\(setting.rawValue) = \"\(setting.example)\"")
        }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { throw refusal("must be text in quotes") }
        if rest.hasPrefix(String(repeating: quote, count: 3)) { throw refusal("must be text in one line") }
        var value = ""
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex, rest[index] != quote {
            var letter = rest[index]
            if quote == "\"", letter == "\\" {
                index = rest.index(after: index)
                guard index < rest.endIndex, let escaped = escapes[rest[index]] else {
                    throw refusal(
                        "has a \\ before a letter for which it has no meaning; use single quotes for text as it is"
                    )
                }
                letter = escaped
            }
            value.append(letter)
            index = rest.index(after: index)
        }
        guard index < rest.endIndex else { throw refusal("has no quote at its end") }
        let end = rest[rest.index(after: index)...]
        let comment = end.drop { $0 == " " || $0 == "\t" }
        guard comment.isEmpty || comment.hasPrefix("#") else { throw refusal("must have nothing after its value") }
        return (value, String(end))
    }

    private static let escapes: [Character: Character] = ["\"": "\"", "\\": "\\", "n": "\n", "t": "\t", "r": "\r"]

    private static func quoted(_ text: String) -> String {
        let letters = text.map { letter -> String in
            escapes.first { $0.value == letter }.map { "\\\($0.key)" } ?? String(letter)
        }
        return "\"" + letters.joined() + "\""
    }
}
