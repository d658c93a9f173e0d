import Dispatch
import Glibc
import StudioCommands

@main struct BatchStudioProgram {
    /// Not `async`: such a start goes through Swift's pool of threads, which would wake an idle studio once a second
    /// (see `WorkThreads`).
    static func main() {
        StandardStreams.prepare()
        StudioCommands.requireThreads()
        // A write to a process that is gone is an error of that write, not the end of this one.
        signal(SIGPIPE, SIG_IGN)
        Task { @MainActor in
            exit(await StudioCommands.run(Array(CommandLine.arguments.dropFirst()), in: .live))
        }
        dispatchMain()
    }
}
