import BatchDomain
import FoundationEssentials
import StudioCore

/// A report of an effect to the model.
enum Message: Sendable {
    /// A query of a screen was answered.
    case fetched(Query, screen: Int, Content, at: Date)
    /// A query of a screen failed.
    case missed(Query, screen: Int, Failure, at: Date)
    /// The workspace was changed as a screen asked.
    case performed(UseCase, screen: Int, Outcome, at: Date)
    /// The workspace could not be changed.
    case refused(UseCase, screen: Int, Failure, at: Date)
    /// Somebody changed the workspace.
    case workspaceChanged(at: Date)
    /// A job's log may have grown.
    case logGrew(job: String)
    /// A job's log cannot be followed, because it is not there yet.
    case logMissing(job: String)
    /// The state at the end of the last session.
    case recalled(session: String?, at: Date)
    /// Something that was done besides could not be done.
    case failed(Failure, at: Date)
    /// Something to show for a while.
    case noted(String)
}

/// Why something was not done, for users.
struct Failure: Error, Equatable, Sendable {
    /// The activity: “delete endpoint taxi-tips”.
    var activity: String
    /// The failure and the action.
    var text: String
    /// The code of the error, where it has one.
    var code: StudioError.Code?
    /// The problems of which field, where fields were checked.
    var problems: [Problem] = []

    init(_ activity: String, _ error: any Error) {
        self.activity = activity
        let error: any Error = Studio.explanation(of: error) ?? error
        text = "\(error)".withoutCommands
        switch error {
        case let error as StudioError: (code, text) = (error.code, error.studioText)
        case let refusal as ScriptRefusal: (code, text) = (refusal.error.code, refusal.error.studioText)
        case let error as ValidationError:
            problems = error.problems
            text = problems.map(\.studioText).joined(separator: "\n")
        case let error as Problem: (problems, text) = ([error], error.studioText)
        default: break
        }
    }

    init(_ activity: String, text: String) {
        self.activity = activity
        self.text = text
    }
}
