import BatchDomain

extension ReadOption {
    /// The words that unset a text at a path of keys, as `--set` has it; nil where the value may be a list or a mapping.
    ///
    /// `~`, `[` and `{` are delimiters in files that exist, and a path begins with `{` where its first folder is a value.
    static func wordsForNone(at path: String) -> [String]? {
        let keys = path.split(separator: ".")
        guard let place = keys.firstIndex(where: { $0 == Setting.readOptions.key }),
            keys.indices.contains(place + 1), let option = ReadOption(rawValue: String(keys[place + 1]))
        else { return nil }
        let isEntry = keys.indices.contains(place + 2)
        switch option.kind {
        case .text: return [""]
        case .names, .choices: return isEntry ? [""] : nil
        case .texts, .dateFormats: return nil
        case .choice, .character, .encoding, .truth, .wholeNumber, .partitionFormat: return ["", "null"]
        }
    }
}
