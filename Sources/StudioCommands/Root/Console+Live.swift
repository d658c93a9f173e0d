import Glibc

extension Console {
    /// The process's own streams.
    package static var live: Console {
        Console(
            output: .live(STDOUT_FILENO),
            error: .live(STDERR_FILENO),
            readLine: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 ? { @Sendable in Swift.readLine() } : nil
        )
    }
}

extension Console.Stream {
    fileprivate static func live(_ descriptor: Int32) -> Console.Stream {
        Console.Stream(isTerminal: isatty(descriptor) == 1, width: columns(of: descriptor)) { text in
            writeAll(Array(text.utf8), to: descriptor)
        }
    }

    /// Writes at once, so that a log followed through a pipe is live.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                // The reader has gone, as in `| head`: what a shell reports of a program that SIGPIPE ended.
                exit(128 + SIGPIPE)
            } else if errno != EINTR, errno != EAGAIN {
                exit(1)
            }
        }
    }

    private static func columns(of descriptor: Int32) -> Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}
