import Glibc
import StudioCommands

@main struct BatchStudioProgram {
    static func main() async {
        // A write to a process that is gone is an error of that write, not the end of this one.
        signal(SIGPIPE, SIG_IGN)
        exit(await StudioCommands.run(Array(CommandLine.arguments.dropFirst()), in: .live))
    }
}
