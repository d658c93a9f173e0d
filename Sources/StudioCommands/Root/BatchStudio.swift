import ArgumentParser
import StudioCore

/// The program itself; called alone on a terminal it opens the studio.
struct BatchStudio: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "batchstudio",
        abstract: "Azure Machine Learning's batch endpoints on your own machine.",
        discussion: """
            The commands are those of `az ml`, and `batchstudio ml COMMAND` does the same as `batchstudio COMMAND`. Called \
            without a command on a terminal, it opens the studio.
            """,
        version: ProgramParts.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Endpoints and jobs",
                subcommands: [
                    BatchEndpointCommands.self, BatchDeploymentCommands.self, JobCommands.self, ScheduleCommands.self,
                    Score.self,
                ]
            ),
            CommandGroup(
                name: "Assets",
                subcommands: [
                    ModelCommands.self, DataCommands.self, DatastoreCommands.self, EnvironmentCommands.self,
                    ComputeCommands.self,
                ]
            ),
            CommandGroup(name: "Files", subcommands: [Init.self, SchemaPrint.self]),
            CommandGroup(
                name: "This machine",
                subcommands: [
                    WorkspaceCommands.self, SampleCommands.self, ExecutorCommands.self, CacheCommands.self,
                    ConfigCommands.self, CompletionPrint.self, Doctor.self, VersionShow.self,
                    EveryCommandOptions.self,
                    AzureConfigure.self, AzureAccount.self, AzureExtension.self, AzureLogin.self,
                ]
            ),
        ]
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        guard let launchStudio = session.surroundings.launchStudio, session.console.output.isTerminal,
            session.console.readLine != nil
        else { throw CleanExit.helpRequest(self) }
        let signal = try await launchStudio { try await session.openStudio() }
        // As a shell reports a process that a signal has ended.
        if let signal { throw ExitCode(128 + signal) }
    }
}
