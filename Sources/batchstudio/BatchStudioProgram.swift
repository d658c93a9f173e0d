import Glibc
import StudioCommands

@main struct BatchStudioProgram {
    static func main() async {
        exit(await StudioCommands.run(Array(CommandLine.arguments.dropFirst()), in: .live))
    }
}
