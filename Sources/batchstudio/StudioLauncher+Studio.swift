import BatchDomain
import BatchWorkers
import BatchWorkspace
import StudioCore
import StudioUI

extension StudioLauncher {
    /// Opens the studio on a workspace.
    static func open(_ studio: Studio) async throws {
        try await open(
            workspace: Workspace(opening: studio.folder, now: studio.now),
            environment: studio.caller.environment,
            services: services(studio)
        )
    }

    private static func services(_ studio: Studio) -> StudioServices {
        var services = StudioServices { try ExecutorAccess.live.ensureRunning(studio.folder) }
        services.generatedScript = Studio.generatedScript
        services.jobVariables = JobVariables.of(studio.caller.environment)
        services.tryDeployment = { file, deployment, endpoint, report in
            Trial(try await studio.testDeployment(deployment, of: endpoint, with: file, report: report))
        }
        services.previewData = { request, report in try await studio.previewData(request, report: report) }
        services.fetchModel = { uri, folder, report in
            try await ModelTracking(
                named: nil,
                variables: studio.caller.environment,
                folder: studio.caller.currentDirectory,
                report: report
            ).download(uri, to: folder)
        }
        return services
    }
}

extension Trial {
    fileprivate init(_ test: DeploymentTest) {
        self.init()
        columns = test.columns
        rows = Array(test.rows.prefix(200))
        rowCount = test.rowCount
        failures = test.failures
        warnings = test.warnings
        written = test.written
        printed = test.printed
        isScored = test.succeeded
        let times = [("load", test.loadSeconds), ("init()", test.initSeconds), ("run()", test.runSeconds)]
        steps = times.compactMap { name, seconds in seconds.map { Step(name, seconds: $0) } }
    }
}
