import Glibc

/// The three streams that a program expects to find open.
package enum StandardStreams {
    /// Opens what is closed of them, and has a file that reached its size limit be an error of the write.
    ///
    /// A descriptor that is closed is given to the next file that is opened: an answer would be written into the database. The output
    /// stream is opened for reading, so that a write to it still is an error.
    package static func prepare() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
        signal(SIGXFSZ, SIG_IGN)
    }

    /// The reason why nothing can be written to a descriptor, as far as that shows before something is written.
    static func obstacle(of descriptor: Int32) -> StreamFailure? {
        let flags = fcntl(descriptor, F_GETFL)
        if flags < 0 { return StreamFailure(code: errno) }
        // Glibc's `O_ACCMODE` is not imported.
        if flags & 3 == O_RDONLY { return StreamFailure(code: EBADF) }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&waiting, 1, 0) > 0, Int32(waiting.revents) & (POLLERR | POLLNVAL) != 0 {
            return StreamFailure(code: EPIPE)
        }
        var file = stat()
        guard fstat(descriptor, &file) == 0 else { return StreamFailure(code: errno) }
        switch file.st_mode & S_IFMT {
        case S_IFREG: return obstacle(ofFile: descriptor, size: file.st_size)
        // A device that is full refuses even nothing.
        case S_IFCHR where isatty(descriptor) == 0 && write(descriptor, "", 0) < 0: return StreamFailure(code: errno)
        default: return nil
        }
    }

    private static func obstacle(ofFile descriptor: Int32, size: Int) -> StreamFailure? {
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue)), &limit) == 0, UInt(size) >= limit.rlim_cur {
            return StreamFailure(code: EFBIG)
        }
        var system = statvfs()
        guard fstatvfs(descriptor, &system) == 0, system.f_blocks > 0 else { return nil }
        return system.f_bavail == 0 ? StreamFailure(code: ENOSPC) : nil
    }
}

/// The error of a write to a stream.
struct StreamFailure: Error, Equatable, CustomStringConvertible {
    /// The number of the system's error.
    var code: Int32

    /// True when the reader has gone, as in `| head`.
    var isReaderGone: Bool { code == EPIPE }

    var description: String {
        code == EBADF ? "It is closed" : String(cString: strerror(code))
    }
}
