import BatchDomain
import Glibc

/// The descriptors that it takes to start a process: pipes for its streams, and what watches it.
enum SpareDescriptors {
    private static let needed = 12

    /// Checks that a process can be started; the library that starts it ends this process where a pipe can't be made.
    ///
    /// - Throws: ``StudioError`` with the limit to raise.
    static func require() throws(StudioError) {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < needed {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw StudioError(
                    .environment,
                    "No process can be started: too few files can be open at a time (\(String(cString: strerror(errno)))).",
                    advice: "Raise the limit: ulimit -n 1024."
                )
            }
            opened.append(descriptor)
        }
    }
}
