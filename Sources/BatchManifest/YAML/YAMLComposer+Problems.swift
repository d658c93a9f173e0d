import BatchDomain
import Yams

extension YAMLComposer {
    /// Says in a user's words why Yams did not read a text.
    static func problems(of error: any Error, text: String, file: String) -> [Problem] {
        func broken(_ rule: String, at mark: Mark) -> [Problem] {
            let location = SourceLocation(file: file, line: mark.line, column: mark.column)
            return [Problem(field: "the text", rule: rule, location: location)]
        }
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            return broken("is not YAML: " + explanation(of: problem), at: mark)
        case .composer(_, let problem, let mark, _):
            let explanation =
                problem.contains("another document")
                ? "holds a second document after '---', but one file describes one thing"
                : "uses an alias (*name) that no anchor (&name) before it defines"
            return broken(explanation, at: mark)
        case .duplicatedKeysInMapping(let keys, let context):
            return keys.map { duplicate($0, first: context.mark, text: text, file: file) }
        default:
            let location = SourceLocation(file: file, line: 1)
            return [Problem(field: "the text", rule: "holds characters that YAML does not allow", location: location)]
        }
    }

    private static func duplicate(_ key: String, first: Mark, text: String, file: String) -> Problem {
        let second = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().dropFirst(
            first.line
        )
        .first { _, line in
            let rest = line.unicodeScalars.dropFirst(first.column - 1)
            return String(rest).hasPrefix(key + ":")
                && line.unicodeScalars.prefix(first.column - 1).allSatisfy { $0 == " " || $0 == "-" }
        }
        return Problem(
            field: key,
            rule: "is given more than once, first in line \(first.line); keep one",
            location: SourceLocation(file: file, line: second.map { $0.offset + 1 } ?? first.line, column: first.column)
        )
    }

    /// libyaml's words, with what usually causes them.
    private static func explanation(of problem: String) -> String {
        switch problem {
        case "found character that cannot start any token":
            "a value that starts with '@', '`' or '%' must be quoted; a tab must be replaced by spaces"
        case "mapping values are not allowed in this context":
            "a ':' is one too many here; indent the line as its neighbours are, or quote a value that holds ': '"
        case "did not find expected key", "could not find expected ':'":
            "a key with ':' is expected here; check the indentation of this line and the one above"
        case "found unexpected end of stream":
            "the text ends inside a quoted value"
        case "did not find expected ',' or ']'":
            "a list that began with '[' is not closed"
        case "did not find expected ',' or '}'":
            "a mapping that began with '{' is not closed"
        case "did not find expected '-' indicator":
            "a list item with '-' is expected here; check the indentation"
        case _ where problem.hasPrefix("Maximum nesting level"):
            "it is nested too deep"
        default: problem
        }
    }
}
