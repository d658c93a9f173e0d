import BatchDomain

/// A key of a file: its path, and the values that it takes.
struct ManifestKey: Sendable {
    /// The values that a key takes; a schema names them.
    enum Values: Sendable {
        /// Any scalar.
        case text
        /// One of these words.
        case choice([String])
        /// A name or version that keeps a rule.
        case name(NameRule)
        /// A whole number.
        case wholeNumber
        /// A number.
        case number
        /// A size in bytes.
        case size
        /// A span of time.
        case span
        /// Names with values.
        case labels
        /// Text, or a list of texts.
        case list
        /// A file, or its content in place.
        case fileOrContent
        /// A mapping that is never read here.
        case mapping
        /// The values of a deployment's or a job's setting.
        case setting(Setting)
    }

    /// The keys from the top of the file; `*` stands for one key of any name.
    let path: [String]
    /// The values that it takes.
    let values: Values
    /// True when the file must have it, where it has the mapping above.
    var isRequired = false
}
