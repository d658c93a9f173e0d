extension ReadOptions {
    /// The problems of the options together; each by itself was validated when it was set.
    package func problems() -> [Problem] {
        differenceProblems() + headerProblems() + columnProblems()
    }

    /// Characters that mean two things at once.
    private func differenceProblems() -> [Problem] {
        let pairs: [(ReadOption, ReadOption, absent: String?)] = [
            (.thousands, .decimal, "."), (.decimal, .delimiter, nil), (.thousands, .delimiter, nil),
            (.quote, .delimiter, nil), (.delimiter, .quote, "\""), (.escape, .delimiter, nil), (.escape, .quote, "\""),
            (.comment, .delimiter, nil), (.comment, .quote, "\""),
        ]
        return pairs.compactMap { option, other, absent in
            guard let text = self[option]?.text else { return nil }
            let isDefault = self[other] == nil
            // Two options that are given are compared once.
            if option == .delimiter, !isDefault { return nil }
            guard text == self[other]?.text ?? absent else { return nil }
            let rest = isDefault ? ", which is '\(text)' unless given" : " too"
            return Problem(
                field: field(option),
                value: text,
                rule: isDefault
                    ? "must differ from \(other.key)\(rest)" : "must differ from \(other.key), which is that\(rest)"
            )
        }
    }

    private func headerProblems() -> [Problem] {
        guard self[.columnNames] != nil, self[.header] == nil else { return [] }
        return [
            Problem(
                field: field(.header),
                rule: "must be given with column_names: true if the first line holds names to be replaced, else false",
                example: "false"
            )
        ]
    }

    private func columnProblems() -> [Problem] {
        var problems: [Problem] = []
        let dropped = Set(self[.dropColumns]?.texts ?? [])
        for name in self[.columns]?.texts ?? [] where dropped.contains(name) {
            problems.append(Problem(field: field(.dropColumns), value: name, rule: "is one of columns, so is kept too"))
        }
        if case .mapping(let names)? = self[.rename] {
            let columns = Dictionary(grouping: names.keys.sorted()) { names[$0]?.text ?? "" }
            for (name, columns) in columns.sorted(by: { $0.key < $1.key }) where columns.count > 1 {
                problems.append(
                    Problem(
                        field: field(.rename),
                        value: name,
                        rule: "is the new name of more than one column: \(columns.joined(separator: ", "))"
                    )
                )
            }
        }
        return problems
    }

    private func field(_ option: ReadOption) -> String { "\(Setting.readOptions.key).\(option.key)" }
}
