/// The reason of a failed job, in a sentence for the user.
struct JobFailure: Error, Equatable, CustomStringConvertible {
    /// The sentence.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
