import BatchManifest

/// A token of a query, with the column where it begins.
struct QueryToken: Equatable {
    /// The kinds of tokens.
    enum Kind: Equatable {
        /// A name, bare or in double quotes; a function's name is bare.
        case name(String, isQuoted: Bool)
        /// A value in backquotes, or a string in single quotes.
        case literal(ManifestValue)
        /// A whole number.
        case number(Int)
        /// Punctuation.
        case sign(String)
        /// The end of the query.
        case end
    }

    var kind: Kind
    var column: Int
}
