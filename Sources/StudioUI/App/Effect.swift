import FoundationEssentials

/// An effect that the model requests.
enum Effect: Equatable {
    /// Ask the workspace.
    case fetch(Query, screen: Int)
    /// Change the workspace.
    case perform(UseCase, screen: Int)
    /// Keep a text in the workspace; nil forgets it.
    case keep(String?, key: String)
    /// Have a deployment loaded before a job needs it; nil for the endpoint's default.
    case warmUp(endpoint: String, deployment: String?)
    /// Ask for what the last session kept.
    case recallSession
    /// Make a theme the one for all workspaces.
    case chooseTheme(String)
    /// Ring, and have the terminal report something on the desktop.
    case notify(String)
    /// Make the choice the one for all workspaces.
    case chooseNotifications(Bool)
    /// Copy a text to the clipboard.
    case copy(String, what: String)
    /// Show a file in the pager.
    case read(file: String)
    /// Show a file in the desktop's browser, where there is a desktop.
    case browse(file: String)
    /// Stop as ^Z does.
    case suspend
    /// End.
    case quit
}

/// A source that the model listens to.
enum Subscription: Hashable, Sendable {
    /// Changes of the workspace by any process.
    case changes
    /// The log of a job; another attempt is another subscription.
    case log(job: String, attempt: Int)
}
