/// A request to load a deployment before a job needs it.
package struct WarmUpRequest: Equatable, Sendable, Codable {
    /// The endpoint.
    package var endpointName: String
    /// The deployment; nil takes the default.
    package var deploymentName: String?
    /// The caller's variables of ``JobVariables``, which a job of the caller would bring.
    package var variables: [String: String]

    package init(endpointName: String, deploymentName: String?, variables: [String: String]) {
        self.endpointName = endpointName
        self.deploymentName = deploymentName
        self.variables = variables
    }
}
