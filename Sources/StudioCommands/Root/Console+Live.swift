import Glibc

extension Console {
    /// The process's own streams.
    package static var live: Console {
        Console(
            output: .liveOutput,
            error: .liveError,
            readLine: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 ? { @Sendable in Swift.readLine() } : nil
        )
    }
}

extension Console.Stream {
    fileprivate static var liveOutput: Console.Stream {
        live(STDOUT_FILENO) { failure in
            // The reader has gone, as in `| head`: what a shell reports of a program that SIGPIPE ended.
            if failure.isReaderGone { exit(128 + SIGPIPE) }
            try? writeAll(Array("ERROR: The answer can't be written: \(failure).\n".utf8), to: STDERR_FILENO)
            exit(1)
        }
    }

    /// An error stream that can't be written to does not end the command.
    fileprivate static var liveError: Console.Stream { live(STDERR_FILENO) { _ in } }

    private static func live(
        _ descriptor: Int32,
        onFailure: @escaping @Sendable (StreamFailure) -> Void
    ) -> Console.Stream {
        Console.Stream(
            isTerminal: isatty(descriptor) == 1,
            width: columns(of: descriptor),
            obstacle: { StandardStreams.obstacle(of: descriptor) },
            onFailure: onFailure,
            attempt: { text throws(StreamFailure) in try writeAll(Array(text.utf8), to: descriptor) }
        )
    }

    /// Writes at once, so that a log followed through a pipe is live.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(StreamFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw StreamFailure(code: errno)
            }
        }
    }

    private static func columns(of descriptor: Int32) -> Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}
