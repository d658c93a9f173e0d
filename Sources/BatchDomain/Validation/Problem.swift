/// One thing that is wrong with one field of what a user typed or wrote in a file.
package struct Problem: Error, Hashable, Sendable, Codable {
    /// The field as the user knows it: a YAML path such as `settings.mini_batch_size`, a flag, a form field.
    package var field: String
    /// The values that were given, if anything was.
    package var value: String?
    /// The rule that the value breaks, as the end of a sentence: "must be a whole number of at least 1".
    package var rule: String
    /// A value that would be accepted.
    package var example: String?
    /// Where in a file the value stands.
    package var location: SourceLocation?

    package init(
        field: String,
        value: String? = nil,
        rule: String,
        example: String? = nil,
        location: SourceLocation? = nil
    ) {
        self.field = field
        self.value = value
        self.rule = rule
        self.example = example
        self.location = location
    }
}

extension Problem: CustomStringConvertible {
    package var description: String {
        var text = location.map { "\($0): " } ?? ""
        text += Self.cut(field)
        if let value { text += " is '\(Self.cut(value))': it" }
        text += rule.hasSuffix("?") ? " \(Self.cut(rule))" : " \(Self.cut(rule))."
        if let example { text += " Example: \(Self.cut(example))" }
        return text
    }

    /// Maximum characters of a given value that a message repeats.
    private static func cut(_ text: String) -> String {
        text.unicodeScalars.count <= 1000 ? text : String(text.unicodeScalars.prefix(1000)) + "…"
    }
}

/// A place in a file: its path and, counted from 1, line and column.
package struct SourceLocation: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The file as the user named it.
    package var file: String
    /// The line, counted from 1.
    package var line: Int
    /// The column, counted from 1, where it is known.
    package var column: Int?

    package init(file: String, line: Int, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String {
        if let column { "\(file):\(line):\(column)" } else { "\(file):\(line)" }
    }
}
