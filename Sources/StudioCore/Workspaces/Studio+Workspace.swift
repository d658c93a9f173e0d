package import BatchDomain
import BatchWorkspace
import Foundation
import SystemKit

extension Studio {
    /// The workspace's id; nil in one that no version with ids has opened for writing.
    package func workspaceID() async throws -> String? { try await workspace.id() }

    /// How many migrations the workspace's database has.
    package func schemaVersion() async throws -> Int { try await workspace.schemaVersion() }

    /// The workspace's size in bytes.
    package func bytes() -> Int { workspace.bytes() }

    /// The user who owns the workspace.
    package var owner: String { WorkspaceAccess.owner(of: folder) }

    /// Copies the workspace as it is at this moment into a new or empty folder, whatever is running.
    ///
    /// - Throws: ``StudioError`` when the folder is not empty or is inside the workspace; errors of writing there.
    package func backUp(to path: String) async throws -> BackupReport {
        try await workspace.backUp(to: caller.absolute(path))
    }

    /// The state that a face keeps under a key, such as a form that was begun; nil where nothing is kept.
    package func studioState(_ key: String) async throws -> String? { try await workspace.studioState(key) }

    /// Keeps a text under a key; nil removes it.
    package func setStudioState(_ key: String, to value: String?) async throws {
        try await workspace.setStudioState(key, to: value)
    }

    /// One element at once, then some after each burst of changes of the workspace by any process, until the caller's task ends.
    ///
    /// - Parameter milliseconds: Minimum time between two elements.
    /// - Returns: The elements.
    package func changes(everyMilliseconds milliseconds: Int = 25) -> AsyncStream<Void> {
        ChangeFeed(folder, everyMilliseconds: milliseconds).changes()
    }

    /// Runs a change that reads first, while no other such change runs: otherwise what one command sets is lost when another
    /// writes back what it has read before.
    func update<Result>(_ body: () async throws -> Result) async throws -> Result {
        let lock = try workspace.updateLock()
        defer { lock.release() }
        return try await body()
    }
}
