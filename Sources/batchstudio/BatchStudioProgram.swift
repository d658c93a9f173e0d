import Dispatch
import Glibc
import StudioCommands
import StudioCore
import StudioUI

@main struct BatchStudioProgram {
    /// Not `async`: such a start goes through Swift's pool of threads, which would wake an idle studio once a second
    /// (see `WorkThreads`).
    static func main() {
        StandardStreams.prepare()
        StudioCommands.requireThreads()
        // A write to a process that is gone is an error of that write, not the end of this one.
        signal(SIGPIPE, SIG_IGN)
        Task { @MainActor in
            exit(await StudioCommands.run(Array(CommandLine.arguments.dropFirst()), in: surroundings))
        }
        dispatchMain()
    }

    /// Those of this process, with the studio.
    private static var surroundings: Surroundings {
        var surroundings = Surroundings.live
        surroundings.launchStudio = { open in
            let studio = try await withTaskExecutorPreference(StudioLauncher.threads) { try await open() }
            return try await StudioLauncher.open(studio)
        }
        return surroundings
    }
}
