package import BatchDomain
import BatchExecutor

extension Studio {
    /// Scores one file with a deployment, as a job's worker would, without a job.
    ///
    /// - Parameters:
    ///   - deployment: The deployment's name; nil for the endpoint's default.
    ///   - endpoint: The endpoint's name.
    ///   - file: The file's path, as typed.
    ///   - report: Receives the steps that take time.
    /// - Returns: The rows, or why the file failed.
    /// - Throws: ``StudioError`` when the file or the deployment is missing, or the environment can't be built; a file that can't be
    ///   scored is a result.
    package func testDeployment(
        _ deployment: String?,
        of endpoint: String,
        with file: String,
        report: @escaping Report
    ) async throws -> DeploymentTest {
        try await DeploymentTrial(in: workspace, gpus: gpus).score(
            caller.absolute(file),
            with: deployment,
            of: endpoint,
            report: report
        )
    }
}
