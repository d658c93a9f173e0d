import FoundationEssentials
import SystemKit

/// The folder that all workspaces of a user share: tools, environments; all of its content can be built again.
package struct CacheFolder: Equatable, Sendable {
    /// The folder's absolute path.
    package var path: String

    package init(path: String) {
        self.path = path
    }

    /// `$XDG_CACHE_HOME/batchstudio`, or `~/.cache/batchstudio` where that variable is not an absolute path.
    package init(variables: [String: String] = ProcessInfo.processInfo.environment) {
        if let cache = variables["XDG_CACHE_HOME"], cache.hasPrefix("/") {
            self.init(path: cache + "/batchstudio")
        } else {
            self.init(path: Self.home(variables) + "/.cache/batchstudio")
        }
    }

    /// The folder of downloaded tools.
    package var tools: String { path + "/tools" }

    /// Where Python environments live, a folder a digest.
    package var environments: String { path + "/environments" }

    /// The user's home folder.
    static func home(_ variables: [String: String]) -> String {
        variables["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
    }

    /// Makes a folder of the cache with all its parents.
    func create(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw EnvironmentFailure.unwritable(folder, error)
        }
    }

    /// Waits for a lock in the cache, without blocking a thread of the task pool.
    ///
    /// - Parameters:
    ///   - file: The lock's file.
    ///   - waiting: Called once when another process holds it.
    /// - Returns: The lock, held.
    /// - Throws: ``StudioError`` when the file can't be written; `CancellationError`.
    func lock(at file: String, waiting: @Sendable () -> Void) async throws -> FileLock {
        do {
            return try await FileLock.acquire(at: file, waiting: waiting)
        } catch let error as FileError {
            throw EnvironmentFailure.unwritable(file, error)
        }
    }
}
