import BatchManifest

/// Lines of values with tabs between, for shell scripts; as `az -o tsv` prints them.
enum TabSeparatedText {
    /// A line for each element of a list, or one line.
    static func text(of value: ManifestValue) -> String {
        (value.elements ?? [value]).map { line(of: $0) + "\n" }.joined()
    }

    private static func line(of value: ManifestValue) -> String {
        let values = value.entries?.map(\.value) ?? value.elements ?? [value]
        return values.map(cell).joined(separator: "\t")
    }

    /// Nested values are not shown, only counted where they are lists; null is Python's `None`: so does az.
    private static func cell(_ value: ManifestValue) -> String {
        switch value {
        case .null: "None"
        case .list(let elements): String(elements.count)
        case .mapping: ""
        case .string, .int, .double, .bool: escaped(value.plainText)
        }
    }

    /// A tab or line break inside of a value would make two of it.
    private static func escaped(_ text: String) -> String {
        String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
    }
}
