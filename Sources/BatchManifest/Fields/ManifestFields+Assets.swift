import BatchDomain

extension ManifestFields {
    /// An asset's name; required unless there is a name to fall back to, as in assets that a deployment holds.
    mutating func name(under prefix: String, fallback: String?, rule: NameRule) -> String {
        let path = prefix + "name"
        guard let fallback else {
            return requiredText(path, as: .name(rule), example: rule.example, flag: "--name")
        }
        guard let name = text(path, as: .name(rule)) else { return fallback }
        for problem in rule.problems(in: name, field: path) {
            report(path, value: name, rule: problem.rule, example: problem.example)
        }
        return name
    }

    /// An asset's version, nil to count up.
    mutating func version(under prefix: String) -> String? {
        let path = prefix + "version"
        guard let version = text(path, as: .name(.version)) else { return nil }
        for problem in NameRule.version.problems(in: version, field: path) {
            report(path, value: version, rule: problem.rule, example: problem.example)
        }
        return version
    }
}

extension StudioError {
    /// The text without its last full stop, for the end of a problem's rule.
    var inSentence: String {
        let text = description
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
