import BatchDomain
import Foundation
import Glibc

/// Starts a process that outlives the terminal: in a session of its own, with nothing inherited but a pipe on which it reports how its
/// start went.
package struct DetachedStart {
    private let executable: String
    private let arguments: [String]
    private let log: String

    /// - Parameters:
    ///   - executable: The program.
    ///   - arguments: Its arguments, its own name first.
    ///   - log: The file that takes what it prints.
    package init(executable: String, arguments: [String], log: String) {
        self.executable = executable
        self.arguments = arguments
        self.log = log
    }

    /// Glibc hides this flag from Swift behind `_GNU_SOURCE`.
    private static let setSession: Int16 = 0x80
    private static let readyDescriptor: Int32 = 3

    /// How the wait for a started process ended.
    package enum Outcome: Equatable {
        /// It has written what was waited for.
        case answered
        /// It ended before, or closed the pipe; with an exit code or a negative signal where it has ended.
        case ended(Int?)
        /// The deadline passed.
        case silent
    }

    /// Starts it and waits for lines on its pipe.
    ///
    /// - Parameters:
    ///   - deadline: How long to wait.
    ///   - isLast: Takes each line; true for the one that ends the wait.
    /// - Returns: How the wait ended.
    /// - Throws: ``StudioError`` when it can't be started at all.
    package func spawn(deadline: Duration, isLast: (StartLine) -> Bool) throws -> Outcome {
        var pipe: [Int32] = [-1, -1]
        guard Glibc.pipe(&pipe) == 0 else { throw error("a pipe can't be made", errno) }
        defer { close(pipe[0]) }
        for descriptor in pipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let pid: pid_t
        do {
            defer { close(pipe[1]) }
            pid = try spawn(readyPipe: pipe[1])
        }
        let end = ContinuousClock.now + deadline
        var bytes: [UInt8] = []
        while true {
            let left = ContinuousClock.now.duration(to: end).seconds
            var waiting = pollfd(fd: pipe[0], events: Int16(POLLIN), revents: 0)
            let count = poll(&waiting, 1, Int32(max(0, left) * 1000))
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return .silent }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let length = read(pipe[0], &buffer, buffer.count)
            if length < 0, errno == EINTR { continue }
            if length <= 0 { return .ended(Self.status(of: pid)) }
            bytes += buffer[..<length]
            while let newline = bytes.firstIndex(of: 10) {
                let line = StartLine(String(decoding: bytes[..<newline], as: UTF8.self))
                bytes.removeSubrange(...newline)
                if let line, isLast(line) { return .answered }
            }
        }
    }

    /// How a process ended that has closed its pipe; nil while it lives.
    private static func status(of pid: pid_t) -> Int? {
        let end = ContinuousClock.now + .seconds(2)
        while ContinuousClock.now < end {
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                return status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : -Int(status & 0x7F)
            }
            usleep(2_000)
        }
        return nil
    }

    private func spawn(readyPipe: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The pipe first: its number may be one that the others are opened on.
        posix_spawn_file_actions_adddup2(&actions, readyPipe, Self.readyDescriptor)
        // What this process inherited from its own parent would be held open for as long as the executor lives: whoever waits for
        // the end of such a pipe would wait for ever.
        for descriptor in Self.openDescriptors where descriptor > Self.readyDescriptor {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A thread of Swift's pool blocks signals; a child that inherits that can't be stopped by SIGTERM.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = Self.setSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, flags)

        let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid = pid_t()
        let code = posix_spawn(&pid, executable, &actions, &attributes, words, environ)
        guard code == 0 else { throw error("\(executable) can't be started", code) }
        return pid
    }

    private static var openDescriptors: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    private func error(_ what: String, _ code: Int32) -> StudioError {
        StudioError(.environment, "The executor did not start: \(what) (\(String(cString: strerror(code)))).")
    }
}
