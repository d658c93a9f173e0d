internal import Glibc

/// Keeps standard error away from the screen: it goes to a log while the screen is up, and is shown afterwards.
struct ErrorRedirection {
    /// Where standard error goes while the screen is up; -1 if there is no such file, then it stays as it is.
    let logDescriptor: Int32
    /// The standard error of the process as it started.
    let realDescriptor: Int32
    private let start: off_t
    /// More than this is left in the log.
    private static let shown = 1 << 16

    init(log: String?) {
        realDescriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC
        if let log {
            logDescriptor = open(log, flags, 0o600)
        } else {
            logDescriptor = Self.unnamedFile()
        }
        start = logDescriptor < 0 ? 0 : lseek(logDescriptor, 0, SEEK_END)
    }

    private static func unnamedFile() -> Int32 {
        var template = Array("/tmp/terminal-stderr-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return -1 }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_APPEND)
        return descriptor
    }

    func begin() {
        guard logDescriptor >= 0, realDescriptor >= 0 else { return }
        dup2(logDescriptor, STDERR_FILENO)
    }

    /// For an editor or a pager, which may need its standard error.
    func pause() {
        guard realDescriptor >= 0 else { return }
        dup2(realDescriptor, STDERR_FILENO)
    }

    func end() {
        pause()
        showLog()
        close(logDescriptor)
        close(realDescriptor)
    }

    private func showLog() {
        guard logDescriptor >= 0 else { return }
        let end = lseek(logDescriptor, 0, SEEK_END)
        let from = max(start, end - off_t(Self.shown))
        var bytes: [UInt8] = Array(repeating: 0, count: Int(max(0, end - from)))
        let count = pread(logDescriptor, &bytes, bytes.count, from)
        guard count > 0 else { return }
        write(STDERR_FILENO, &bytes, count)
    }
}
