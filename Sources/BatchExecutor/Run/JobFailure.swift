/// Why a job ends as Failed, told to a person in a sentence.
struct JobFailure: Error, Equatable, CustomStringConvertible {
    /// The sentence.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
