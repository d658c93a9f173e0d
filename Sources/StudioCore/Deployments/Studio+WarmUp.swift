package import BatchDomain
import BatchWorkspace
import Logging

extension Studio {
    /// The variable that switches off the loading of deployments before a job needs them, where it is `never`.
    private static let warmUpVariable = "BATCHSTUDIO_WARM_UP"

    /// Has the executor load a deployment in the background, so that the next job finds it loaded; never fails.
    ///
    /// - Parameters:
    ///   - deployment: Its name; nil for the endpoint's default.
    ///   - endpoint: The endpoint's name.
    package func warmUp(_ deployment: String?, of endpoint: String) {
        guard caller.environment[Self.warmUpVariable] != "never", readOnlyReason == nil else { return }
        let request = WarmUpRequest(
            endpointName: endpoint,
            deploymentName: deployment,
            variables: caller.jobVariables
        )
        do {
            try workspace.requestWarmUp(request)
        } catch {
            return logger.debug("The deployment is not loaded before a job needs it: \(error)")
        }
        guard let failure = executorFailure() else { return }
        logger.debug("The deployment is not loaded: \(failure)")
        // Nobody takes the request, which has variables that may be secrets.
        _ = workspace.takeWarmUpRequest()
    }

    /// The way in which jobs of a deployment load its model, in words; nil where it was not compared yet.
    package func loaderSummary(of deployment: Deployment) async throws -> String? {
        try await workspace.loaderProof(of: deployment.name, endpoint: deployment.endpointName)?.summary
    }
}
