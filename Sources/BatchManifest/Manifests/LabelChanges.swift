package import BatchDomain

/// The changes of `update` to a thing of which only names and labels may change.
package struct LabelChanges: Equatable, Sendable {
    /// The name that lists show, of jobs.
    package var displayName: String
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Free labels that models have too.
    package var properties: [String: String]

    /// Reads what a thing shall be from what it is.
    ///
    /// - Parameters:
    ///   - document: What `show` prints, changed.
    ///   - shown: What `show` prints.
    ///   - thing: The thing as a user calls it.
    ///   - keys: The keys that may change.
    /// - Returns: The new values.
    /// - Throws: ``ValidationError`` with every other key that differs.
    package static func read(
        _ document: YAMLDocument,
        of shown: ManifestValue,
        thing: String,
        allowing keys: [String]
    ) throws(ValidationError) -> LabelChanges {
        var fields = try ManifestFields(document, noun: thing)
        let changes = LabelChanges(
            displayName: fields.text("display_name") ?? "",
            description: fields.text("description") ?? "",
            tags: fields.labels("tags") ?? [:],
            properties: fields.labels("properties") ?? [:]
        )
        let old = YAMLDocument(shown).root
        let names = Set((old.entries ?? []).map(\.key) + (document.root.entries ?? []).map(\.key))
        var problems: [Problem] = []
        for name in names.sorted() {
            fields.accept(name)
            // As values, because places and quotes differ.
            let values = [old[name], document.root[name]].map { $0.map { ManifestValue($0) } ?? .null }
            if keys.contains(name) || values[0] == values[1] { continue }
            problems.append(
                Problem(
                    field: name,
                    rule: "can't be changed: of \(thing) only \(keys.joined(separator: ", ")) may",
                    example: "--set description=better"
                )
            )
        }
        try ValidationError.throwIfAny(problems)
        try fields.finish()
        return changes
    }
}
