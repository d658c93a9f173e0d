import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A lock between processes: the kernel drops it when its holder ends, however it ends.
enum BuildLock {
    /// Runs `body` while this caller alone, of all processes, holds the lock of the file at `path`.
    ///
    /// - Parameters:
    ///   - path: The lock's file; made when missing and left in place, so that no one locks a removed one.
    ///   - waiting: Called once when someone else holds the lock.
    ///   - body: What to do under the lock.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; `StudioError` when the file can't be made.
    static func hold<Value>(
        _ path: String,
        waiting: @Sendable () -> Void,
        _ body: () async throws -> Value
    ) async throws -> Value {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == ENOSPC
                ? EnvironmentFailure.diskFull(path)
                : EnvironmentFailure.unwritable(path, CocoaError(.fileWriteNoPermission))
        }
        defer { close(descriptor) }
        var isWaiting = false
        // Asked again and again, not blocked on: a blocked thread of the task pool could not be cancelled.
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if !isWaiting { waiting() }
            isWaiting = true
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await body()
    }
}
