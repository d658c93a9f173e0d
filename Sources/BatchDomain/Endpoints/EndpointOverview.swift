/// The values of an endpoint that lists show.
package struct EndpointOverview: Equatable, Sendable {
    /// The endpoint.
    package var endpoint: Endpoint
    /// How many deployments it has.
    package var deployments: Int
    /// The job that was submitted last.
    package var lastJob: JobOverview?

    package init(endpoint: Endpoint, deployments: Int, lastJob: JobOverview? = nil) {
        self.endpoint = endpoint
        self.deployments = deployments
        self.lastJob = lastJob
    }
}
