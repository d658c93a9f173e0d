import ArgumentParser
import BatchExecutor
import BatchWorkers

/// `batchstudio executor serve`: the executor itself; the faces start it, people do not.
struct ExecutorServe: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run jobs until there has been nothing to do for a while.",
        shouldDisplay: false
    )

    @Option(help: "A descriptor on which to say that it is ready.")
    var readyFd: Int32?

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        let builder = EnvironmentBuilder()
        try await ExecutorService.serve(folder: session.folder, readyDescriptor: readyFd) { request, report in
            try await builder.environment(for: request, report: report).python
        }
    }
}
