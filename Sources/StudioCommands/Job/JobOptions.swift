import ArgumentParser
import StudioCore

/// Which job is meant.
struct JobOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The job's name.", completion: .names(of: .job))
    var name: String
}
