package import BatchDomain
import BatchWorkspace

extension Studio {
    /// An error of the workspace's storage in the words of users: a full disk, a damaged file; nil for every other error.
    package static func explanation(of error: any Error) -> StudioError? { Workspace.explanation(of: error) }
}
