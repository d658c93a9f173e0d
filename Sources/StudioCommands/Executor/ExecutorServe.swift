import ArgumentParser
import Logging
import StudioCore
import StudioLog

/// `batchstudio executor serve`: the executor itself; commands and the studio start it, users do not.
struct ExecutorServe: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run jobs until there has been nothing to do for a while.",
        discussion: "Example: batchstudio executor serve",
        shouldDisplay: false
    )
    static let readsConfig = false

    @Option(help: "A descriptor on which to report that it is ready, or why it is not.")
    var readyFd: Int32?

    @Flag(help: "Try all that jobs need, report each, and leave.")
    var probe = false

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let logger = try session.logger(.record(now: session.surroundings.now), usual: .info)
        if probe {
            return await ExecutorProcess.probe(session.folder, readyDescriptor: readyFd, logger: logger)
        }
        try await ExecutorProcess.serve(session.folder, readyDescriptor: readyFd, logger: logger)
    }
}
