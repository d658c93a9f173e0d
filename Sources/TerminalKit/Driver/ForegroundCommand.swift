internal import Glibc

/// A program that gets the terminal for a while: an editor, a pager.
///
/// To be run inside `release`.
package struct ForegroundCommand {
    private let arguments: [String]

    /// Names a program, looked up in `$PATH`, and its arguments.
    package init(_ program: String, _ arguments: [String] = []) {
        self.arguments = [program] + arguments
    }

    /// Runs a command line of the user's, `$EDITOR` for example, with more arguments that the shell must not read.
    package init(shell line: String, _ arguments: [String] = []) {
        self.arguments = ["/bin/sh", "-c", line + " \"$@\"", "sh"] + arguments
    }

    /// Runs it and waits; nil when it could not be started, otherwise its exit code, 128 and more for a signal.
    package func run() -> Int32? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A child keeps blocked signals, and Swift's worker threads block nearly all: it could not even be interrupted.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process: pid_t = 0
        guard let program = pointers[0],
            posix_spawnp(&process, program, nil, &attributes, &pointers, environ) == 0
        else { return nil }
        return Self.wait(for: process)
    }

    private static func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        let signal = status & 0x7f
        return signal == 0 ? status >> 8 & 0xff : 128 + signal
    }
}
