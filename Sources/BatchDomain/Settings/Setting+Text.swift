extension Setting {
    /// The setting's value as text; nil for dictionaries, and for a limit that is not set.
    package func text(in settings: DeploymentSettings) -> String? { access.text(settings) }

    /// The setting's value as text where it was given; nil for dictionaries.
    package func text(in overrides: SettingsOverrides) -> String? { access.givenText(overrides) }

    /// Puts a typed value in its place.
    ///
    /// - Throws: ``Problem`` with the rule and an example when the setting does not take the value.
    package func set(_ text: String, in overrides: inout SettingsOverrides) throws(Problem) {
        guard takes(text), access.read(text, &overrides) else { throw problem(value: text) }
    }

    /// Returns whether a number or a size is not below the minimum; every other text is for the setting's type to read.
    private func takes(_ text: String) -> Bool {
        switch values {
        case .wholeNumber(let minimum, _): Int(text).map { $0 >= minimum } ?? false
        case .memory(let minimum): ByteSize.bytes(of: text).map { $0 >= minimum } ?? false
        case .splitting(let minimum): ByteSize.bytes(of: text).map { $0 >= minimum } ?? true
        case .choice, .fileName, .dictionary, .readOptions: true
        }
    }

    /// The problem of a value that the setting does not take.
    package func problem(value: String) -> Problem {
        let (rule, example) =
            switch values {
            case .wholeNumber(let minimum, let unit):
                (
                    "must be a whole number of \(unit), \(minimum) or more",
                    defaultText.isEmpty ? String(minimum) : defaultText
                )
            case .choice(let words): ("must be one of \(words.joined(separator: ", "))", defaultText)
            case .fileName: ("must be the name of a file, without a folder", defaultText)
            case .memory(let minimum):
                ("must be a size of \(ByteSize.exactText(minimum)) or more: \(ByteSize.acceptedForms)", "2GB")
            case .splitting(let minimum):
                (
                    "must be auto, never, or a size of \(ByteSize.exactText(minimum)) or more: \(ByteSize.acceptedForms)",
                    "64MiB"
                )
            case .dictionary: ("must be names with values", "OMP_NUM_THREADS: \"1\"")
            case .readOptions: ("must be a mapping of read options", "{delimiter: \";\"}")
            }
        return Problem(field: key, value: value, rule: rule + remark, example: example)
    }
}
