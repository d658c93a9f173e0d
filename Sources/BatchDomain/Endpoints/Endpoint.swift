package import FoundationEssentials

/// A batch endpoint: the name under which jobs are started; one of its deployments is the default.
package struct Endpoint: Equatable, Sendable, Codable {
    /// The endpoint's name, unique in the workspace.
    package var name: String
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Free labels that Azure does not let users change later.
    package var properties: [String: String]
    /// The deployment that jobs run on unless they name another.
    package var defaultDeployment: String?
    /// The job that later jobs are compared with.
    package var baseline: String?
    /// Azure's state of the endpoint itself.
    package var provisioningState: ProvisioningState
    /// When it was made.
    package var createdAt: Date
    /// When it was last changed.
    package var updatedAt: Date

    package init(
        name: String,
        description: String = "",
        tags: [String: String] = [:],
        properties: [String: String] = [:],
        defaultDeployment: String? = nil,
        baseline: String? = nil,
        provisioningState: ProvisioningState = .succeeded,
        createdAt: Date,
        updatedAt: Date
    ) {
        self.name = name
        self.description = description
        self.tags = tags
        self.properties = properties
        self.defaultDeployment = defaultDeployment
        self.baseline = baseline
        self.provisioningState = provisioningState
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Azure's states of endpoints and deployments.
package enum ProvisioningState: String, Sendable, Codable {
    case creating = "Creating"
    case updating = "Updating"
    case deleting = "Deleting"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case canceled = "Canceled"
}

/// The parameters to create an endpoint, or to change one.
package struct EndpointDraft: Equatable, Sendable {
    /// The endpoint's name.
    package var name: String
    /// The purpose; nil leaves it as it is.
    package var description: String?
    /// Free labels; nil leaves them as they are.
    package var tags: [String: String]?
    /// Free labels that stay; nil leaves them as they are.
    package var properties: [String: String]?
    /// The default deployment; nil leaves it as it is.
    package var defaultDeployment: String?
    /// The job that later jobs are compared with; nil leaves it as it is, an empty text takes it away.
    package var baseline: String?

    package init(
        name: String,
        description: String? = nil,
        tags: [String: String]? = nil,
        properties: [String: String]? = nil,
        defaultDeployment: String? = nil,
        baseline: String? = nil
    ) {
        self.name = name
        self.description = description
        self.tags = tags
        self.properties = properties
        self.defaultDeployment = defaultDeployment
        self.baseline = baseline
    }

    /// The problems of the values.
    package func problems() -> [Problem] { NameRule.endpoint.problems(in: name) }
}
