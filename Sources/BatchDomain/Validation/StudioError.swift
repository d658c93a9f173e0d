/// The failure of a use case, with the action that the user can take.
package struct StudioError: Error, Equatable, Sendable {
    /// The kind of a failure; decides exit codes and how a page reacts.
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
        /// The workspace itself is newer, in use, or not available.
        case workspace
        /// The workspace's database is damaged.
        case damaged
    }

    /// The kind of refusal.
    package var code: Code
    /// The failure and the cause: one or two sentences.
    package var message: String
    /// The action on the command line: a sentence, often with the command to type.
    package var advice: String?
    /// The action in the studio, where it is not the one on the command line.
    package var studioAdvice: String?

    package init(_ code: Code, _ message: String, advice: String? = nil, inStudio studioAdvice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
        self.studioAdvice = studioAdvice
    }
}

extension StudioError: CustomStringConvertible {
    package var description: String {
        if let advice { "\(message) \(advice)" } else { message }
    }

    /// The failure with the action that the studio's user can take.
    package var studioText: String {
        guard let action = studioAdvice ?? advice else { return message.withoutCommands }
        return "\(message) \(action)".withoutCommands
    }
}
