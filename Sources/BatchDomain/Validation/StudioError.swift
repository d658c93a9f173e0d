/// A use case that could not be carried out, told so that a person knows what to do next.
package struct StudioError: Error, Equatable, Sendable {
    /// What kind of refusal it is; decides exit codes and how a page reacts.
    package enum Code: String, Sendable {
        /// The thing named does not exist.
        case notFound
        /// A thing of that name exists already.
        case alreadyExists
        /// Others depend on the thing.
        case inUse
        /// The thing's state forbids it.
        case invalidState
        /// A file or folder can't be read or written, or is not what it should be.
        case file
        /// A tool or library outside the project is missing or refused.
        case environment
        /// Scoring went wrong.
        case scoring
        /// The workspace itself is newer, in use, or not to be had.
        case workspace
        /// The workspace's database is damaged.
        case damaged
    }

    /// The kind of refusal.
    package var code: Code
    /// What happened, to what: one or two sentences.
    package var message: String
    /// What to do: a sentence, often with the command to type.
    package var advice: String?

    package init(_ code: Code, _ message: String, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
    }
}

extension StudioError: CustomStringConvertible {
    package var description: String {
        if let advice { "\(message) \(advice)" } else { message }
    }
}
