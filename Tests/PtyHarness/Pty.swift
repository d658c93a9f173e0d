import CVTerm
import Glibc

/// A new pty, and processes that have it as their terminal.
struct Pty {
    /// The user's end.
    let terminal: Int32
    private let name: [CChar]

    init(rows: Int, columns: Int) throws {
        var terminal: Int32 = -1
        var line: Int32 = -1
        var name: [CChar] = Array(repeating: 0, count: 256)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&terminal, &line, &name, nil, &size) == 0 else {
            throw PtySession.Failure(description: "there is no pty: error \(errno)")
        }
        close(line)
        _ = fcntl(terminal, F_SETFL, O_NONBLOCK)
        _ = fcntl(terminal, F_SETFD, FD_CLOEXEC)
        self.terminal = terminal
        self.name = name
    }

    func spawn(_ arguments: [String], environment: [String: String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The leader of a session gets the first terminal it opens as its own.
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Tests run on threads that block nearly every signal, and a child inherits that: SIGWINCH would never arrive.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, HARNESS_SPAWN_FLAGS)

        let words = arguments.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var process: pid_t = 0
        let status = posix_spawn(&process, arguments[0], &actions, &attributes, words, variables)
        guard status == 0 else {
            throw PtySession.Failure(description: "\(arguments[0]) cannot be started: error \(status)")
        }
        return process
    }
}
