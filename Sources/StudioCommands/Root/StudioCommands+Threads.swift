import BatchDomain
import Glibc
import StudioCore

extension StudioCommands {
    /// Threads that a command or the studio has at a time.
    private static let threads = 8

    /// Ends the program with the reason where it can't have the threads that a command needs: it would wait for them for ever.
    ///
    /// Before anything asks libdispatch for a thread.
    package static func requireThreads() {
        do throws(StudioError) {
            try ExecutorProcess.requireThreads(threads)
        } catch {
            let text = "ERROR: \(error)\n"
            _ = write(STDERR_FILENO, text, text.utf8.count)
            exit(1)
        }
    }
}
