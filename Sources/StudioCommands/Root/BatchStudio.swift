import ArgumentParser
import BatchDomain
import BatchExecutor
import BatchWorkers
import BatchWorkspace
import StudioCore
import StudioUI

/// The program itself; called alone on a terminal it opens the studio.
struct BatchStudio: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "batchstudio",
        abstract: "Azure Machine Learning's batch endpoints on your own machine.",
        discussion: """
            The commands are those of `az ml`, and `batchstudio ml …` does the same as `batchstudio …`. Called without a \
            command on a terminal, it opens the studio.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Endpoints and jobs",
                subcommands: [BatchEndpointCommands.self, BatchDeploymentCommands.self, JobCommands.self]
            ),
            CommandGroup(
                name: "Assets",
                subcommands: [
                    ModelCommands.self, DataCommands.self, DatastoreCommands.self, EnvironmentCommands.self,
                    ComputeCommands.self,
                ]
            ),
            CommandGroup(
                name: "This machine",
                subcommands: [
                    WorkspaceCommands.self, SampleCommands.self, ExecutorCommands.self, Doctor.self,
                    AzureConfigure.self, AzureAccount.self,
                    AzureExtension.self, AzureLogin.self,
                ]
            ),
        ]
    )

    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        guard session.console.output.isTerminal, session.console.readLine != nil else {
            throw CleanExit.helpRequest(self)
        }
        let workspace = try await withTaskExecutorPreference(StudioLauncher.threads) {
            try await session.openWorkspace()
        }
        try await StudioLauncher.open(
            workspace: workspace,
            environment: session.surroundings.environment,
            services: services(session, workspace)
        )
    }

    private func services(_ session: Session, _ workspace: Workspace) -> StudioServices {
        let surroundings = session.surroundings
        var services = StudioServices { [folder = session.folder, executor = surroundings.executor] in
            try executor.ensureRunning(folder)
        }
        services.generatedScript = RuntimeFiles.generatedScript
        services.jobVariables = JobVariables.of(surroundings.environment)
        services.tryDeployment = { file, deployment, endpoint, report in
            Trial(try await DeploymentTrial(in: workspace).score(file, with: deployment, of: endpoint, report: report))
        }
        services.previewData = { request, report in try await workspace.preview(request, report: report) }
        services.fetchModel = { uri, folder, report in
            let place = try TrackingPlace(
                named: nil,
                variables: surroundings.environment,
                folder: surroundings.currentDirectory
            )
            return try await ModelTracking(place, variables: surroundings.environment, report: report)
                .download(uri, to: folder)
        }
        return services
    }
}
