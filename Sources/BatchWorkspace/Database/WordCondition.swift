import GRDB

/// The SQL condition that a text contains a word, in either case.
struct WordCondition {
    let sql: String
    let arguments: StatementArguments

    /// - Parameters:
    ///   - word: The word.
    ///   - text: The SQL of the text.
    init(_ word: Substring, in text: String) {
        let word = word.lowercased()
        // SQLite knows the case of ASCII letters only; GRDB's function knows all, and takes its time.
        let lower = word.utf8.allSatisfy { $0 < 0x80 } ? "lower" : "swiftLowercaseString"
        sql = "instr(\(lower)(\(text)), ?) > 0"
        arguments = [word]
    }
}
