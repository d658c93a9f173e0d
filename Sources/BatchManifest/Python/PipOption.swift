/// An option of pip, as a requirements file holds it: `-r FILE`, `--extra-index-url=URL`.
struct PipOption: Equatable {
    /// The long name: `--requirement`.
    let name: String
    /// Its value.
    let value: String?
    /// The option as it is written.
    let written: String

    /// The option under its long name.
    var line: String { value.map { "\(name) \($0)" } ?? name }

    private static let longNames = [
        "-r": "--requirement", "-c": "--constraint", "-e": "--editable", "-f": "--find-links", "-i": "--index-url",
    ]

    private static let flags: Set = ["--no-index", "--pre", "--prefer-binary", "--require-hashes"]

    /// Takes an option and its value from the words of a line; nil when there are no words.
    init?(taking words: inout ArraySlice<String>) {
        guard let word = words.popFirst() else { return nil }
        let typed: Substring
        var attached: Substring?
        if word.hasPrefix("--") {
            typed = word.prefix { $0 != "=" }
            if typed.count < word.count { attached = word.dropFirst(typed.count + 1) }
        } else {
            typed = word.prefix(2)
            if word.count > 2 { attached = word.dropFirst(2) }
        }
        name = Self.longNames[String(typed)] ?? String(typed)
        if attached == nil, !Self.flags.contains(name), let next = words.first, !next.hasPrefix("-") {
            words.removeFirst()
            value = next
            written = "\(word) \(next)"
        } else {
            value = attached.map(String.init)
            written = word
        }
    }
}
