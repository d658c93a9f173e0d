/// JSON and YAML with their keys in colour, for `jsonc` and `yamlc` on a terminal.
enum ColoredText {
    /// Colours the keys of JSON that has one key a line.
    static func json(_ text: String) -> String {
        colored(text) { line in
            guard line.first == "\"" else { return nil }
            var isEscaped = false
            for index in line.indices.dropFirst() {
                if isEscaped {
                    isEscaped = false
                } else if line[index] == "\\" {
                    isEscaped = true
                } else if line[index] == "\"" {
                    let end = line.index(after: index)
                    return line[end...].hasPrefix(":") ? end : nil
                }
            }
            return nil
        }
    }

    /// Colours the keys of YAML in block style.
    static func yaml(_ text: String) -> String {
        colored(text) { line in
            let start = line.drop { $0 == "-" || $0 == " " }
            guard let colon = start.firstIndex(of: ":"), !start.hasPrefix("'"), !start.hasPrefix("\"") else {
                return nil
            }
            let after = start.index(after: colon)
            return after == start.endIndex || start[after] == " " ? colon : nil
        }
    }

    private static func colored(_ text: String, keyEnd: (Substring) -> Substring.Index?) -> String {
        let blue = "\u{1B}[34m"
        let plain = "\u{1B}[39m"
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let body = line.drop { $0 == " " }
            guard let end = keyEnd(body) else { return String(line) }
            return line[..<body.startIndex] + blue + body[..<end] + plain + body[end...]
        }.joined(separator: "\n")
    }
}
