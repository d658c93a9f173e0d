package import BatchDomain

/// A setting of the user's configuration file, declared once: the file, `config` and its documentation read this record.
package enum ConfigSetting: String, CaseIterable, Sendable {
    case workspace
    case output
    case theme
    case notify

    /// Its effect, in one sentence.
    package var help: String {
        switch self {
        case .workspace: "The workspace's folder; --workspace and $BATCHSTUDIO_WORKSPACE come first."
        case .output: "How answers are printed; --output comes first."
        case .theme: "The studio's colours; T in the studio changes it."
        case .notify: "bell rings the terminal's bell when a job that is followed ends; none is silent."
        }
    }

    /// The values that it takes; nil for those that only their user can check.
    package var words: [String]? {
        switch self {
        case .output: ["json", "jsonc", "yaml", "yamlc", "table", "tsv", "none"]
        case .notify: ["none", "bell"]
        case .workspace, .theme: nil
        }
    }

    /// A value that would be accepted.
    package var example: String {
        switch self {
        case .workspace: "~/scoring"
        case .output: "table"
        case .theme: "light"
        case .notify: "bell"
        }
    }

    /// The problem of a value that it does not take.
    package func problem(of value: String) -> Problem? {
        let rule: String? =
            if let words {
                words.contains(value) ? nil : "must be one of \(words.joined(separator: ", "))"
            } else if self == .workspace {
                value.hasPrefix("/") || value.hasPrefix("~")
                    ? nil : "must be an absolute path, or one that begins with ~"
            } else {
                value.isEmpty ? "must not be empty" : nil
            }
        return rule.map { Problem(field: rawValue, value: value, rule: $0, example: example) }
    }

    /// The setting of a name.
    ///
    /// - Throws: ``Problem`` with the nearest name where there is none.
    package init(named name: String) throws(Problem) {
        if let setting = ConfigSetting(rawValue: name) {
            self = setting
            return
        }
        let names = ConfigSetting.allCases.map(\.rawValue)
        let hint = NearestKey.of(name, among: names).map { "did you mean '\($0)'?" }
        throw Problem(field: name, rule: "is not a setting; " + (hint ?? "they are \(names.joined(separator: ", "))"))
    }
}
