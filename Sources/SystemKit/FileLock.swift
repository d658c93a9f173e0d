internal import Glibc
internal import Synchronization

/// A lock on a file, between processes, for one holder or shared among many: the kernel releases it when its holder ends, however it ends.
///
/// The file is made where there is none and stays, so that no process locks a removed one. It may hold the holder's description.
///
/// ```swift
/// guard let lock = try FileLock.attempt(at: path) else { throw Busy(FileLock.holder(at: path)) }
/// defer { lock.release() }
/// lock.describeHolder("\(getpid())\n")
/// ```
package final class FileLock: Sendable {
    // Locks of an open file, not of a process; Glibc hides these numbers from Swift behind `_GNU_SOURCE`.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37
    private static let waitForLock: Int32 = 38
    /// Maximum bytes of a holder's description.
    private static let maxDescription = 1 << 16

    private struct State {
        var descriptor: Int32?
        var hasDescription = false
    }

    private let state: Mutex<State>

    private init(descriptor: Int32) {
        state = Mutex(State(descriptor: descriptor))
    }

    deinit {
        release()
    }

    /// Waits for the lock for as long as another process, or another part of this one, holds it.
    ///
    /// - Parameters:
    ///   - path: The lock's file.
    ///   - shared: Whether others may share it.
    /// - Returns: The lock, held.
    /// - Throws: ``FileError``.
    package static func acquire(at path: String, shared: Bool = false) throws(FileError) -> FileLock {
        let descriptor = try open(path)
        guard uninterrupted({ set(waitForLock, descriptor, shared: shared) }) == 0 else {
            defer { close(descriptor) }
            throw FileError(.lock, path)
        }
        return FileLock(descriptor: descriptor)
    }

    /// Takes the lock; nil when it is held, or shared by others where it shall not be.
    package static func attempt(at path: String, shared: Bool = false) throws(FileError) -> FileLock? {
        let descriptor = try open(path)
        do throws(FileError) {
            if try attempt(on: descriptor, path, shared: shared) { return FileLock(descriptor: descriptor) }
        } catch {
            close(descriptor)
            throw error
        }
        close(descriptor)
        return nil
    }

    /// Locks an open file until it is closed; false when another one holds its lock.
    static func attempt(on descriptor: Int32, _ path: String, shared: Bool = false) throws(FileError) -> Bool {
        if uninterrupted({ set(setLock, descriptor, shared: shared) }) == 0 { return true }
        guard errno == EAGAIN || errno == EACCES else { throw FileError(.lock, path) }
        return false
    }

    /// Waits for the lock without blocking a thread.
    ///
    /// - Parameters:
    ///   - path: The lock's file.
    ///   - interval: Time between two attempts.
    ///   - waiting: Called once when the lock is held.
    /// - Returns: The lock, held.
    /// - Throws: ``FileError``; `CancellationError`.
    package static func acquire(
        at path: String,
        every interval: Duration = .milliseconds(50),
        waiting: @Sendable () -> Void
    ) async throws -> FileLock {
        if let lock = try attempt(at: path) { return lock }
        waiting()
        while true {
            try await Task.sleep(for: interval)
            if let lock = try attempt(at: path) { return lock }
        }
    }

    /// Runs the body while this caller alone holds the lock, waiting for it first.
    package static func withLock<Result>(at path: String, _ body: () throws -> Result) throws -> Result {
        let lock = try acquire(at: path)
        defer { lock.release() }
        return try body()
    }

    /// Returns whether the lock is held.
    ///
    /// It is asked for, not attempted: a process that takes it at this moment must not find it taken by one that only inspects it.
    /// That makes no file: it may be asked of a folder that is gone, or that can't be written.
    package static func isHeld(at path: String) throws(FileError) -> Bool {
        let descriptor = uninterrupted { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
        if descriptor < 0, errno == ENOENT || errno == EACCES { return false }
        guard descriptor >= 0 else { throw FileError(.open, path) }
        defer { close(descriptor) }
        var other = wholeFile
        return fcntl(descriptor, getLock, &other) == 0 && other.l_type != Int16(F_UNLCK)
    }

    /// The description that the holder wrote into the file; empty while there is none.
    ///
    /// A holder that was killed leaves its own behind, until the next one writes.
    package static func holder(at path: String) -> String {
        let descriptor = uninterrupted { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: maxDescription)
        let count = uninterrupted { pread(descriptor, &bytes, bytes.count, 0) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// Writes into the lock's file who holds it.
    package func describeHolder(_ text: String) {
        state.withLock { state in
            guard let descriptor = state.descriptor else { return }
            state.hasDescription = true
            ftruncate(descriptor, 0)
            _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
        }
    }

    /// Releases the lock; whoever held it is not to be taken for whoever holds it next.
    package func release() {
        state.withLock { state in
            guard let descriptor = state.descriptor else { return }
            if state.hasDescription { ftruncate(descriptor, 0) }
            close(descriptor)
            state.descriptor = nil
        }
    }

    private static var wholeFile: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }

    private static func open(_ path: String) throws(FileError) -> Int32 {
        let descriptor = uninterrupted { Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else { throw FileError(.open, path) }
        return descriptor
    }

    private static func set(_ command: Int32, _ descriptor: Int32, shared: Bool) -> Int32 {
        var wanted = wholeFile
        if shared { wanted.l_type = Int16(F_RDLCK) }
        return fcntl(descriptor, command, &wanted)
    }
}
