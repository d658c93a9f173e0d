/// Commands as one text, split into words by the rules of a shell's quotes; nothing else of a shell is done with them.
package enum ShellWords {
    /// Splits at white space that is in no quotes and behind no backslash.
    ///
    /// - Throws: A ``Problem`` of the field when a quote has no end, or there is no word.
    package static func split(_ text: String, field: String) throws(Problem) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                // Within double quotes a backslash stands for itself, but before these.
                let isPlain = quote == "\"" && !"\\\"$`\n".contains(character)
                word = (word ?? "") + (isPlain ? "\\" : "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
                word = word ?? ""
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if quote != nil || isEscaped {
            throw Problem(field: field, value: text, rule: "has a quote or a backslash without an end")
        }
        if let word { words.append(word) }
        if words.first?.isEmpty ?? true {
            throw Problem(field: field, rule: "must name a program", example: "./publish.sh --to prod")
        }
        return words
    }

    /// The words as one text, from which ``split(_:field:)`` makes the same words.
    package static func joined(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    /// A word as a shell takes it.
    package static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: "_-./=:,@+%".utf8.contains(byte)
            }
        }
        if isPlain, !word.isEmpty { return word }
        return "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
