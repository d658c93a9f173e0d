/// The parameters to start a job.
package struct Invocation: Equatable, Sendable, Codable {
    /// The endpoint.
    package var endpointName: String
    /// The deployment; nil takes the default.
    package var deploymentName: String?
    /// The compute target; nil takes the deployment's.
    package var compute: String?
    /// The input.
    package var input: DataReference
    /// A file or a folder; nil takes what the asset says, or looks.
    package var inputKind: DataAsset.Kind?
    /// The content of its `MLTable` file; a registered one brings its own.
    package var table: MLTable?
    /// True when folders within the input are entered; nil does as Azure: scripts yes, MLflow models no.
    package var isRecursive: Bool?
    /// True when files are left out that a Completed job of the endpoint and model version has scored; nil for false.
    package var isNewOnly: Bool?
    /// Seconds for which a file must have stood still to be scored, where files arrive; nil for no such rule.
    package var settle: Int?
    /// The caller's variables of ``JobVariables``; kept for the job as secrets, never shown; nil leaves the executor's.
    package var variables: [String: String]?
    /// The folder for the output; nil takes the default datastore's folder named by the job.
    package var output: DatastorePath?
    /// The job's name; nil takes a new GUID.
    package var jobName: String?
    /// The name that lists show; nil makes one.
    package var displayName: String?
    /// The experiment; nil takes the endpoint's name.
    package var experimentName: String?
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Settings for this job alone.
    package var overrides: SettingsOverrides
    /// What happens when it has ended.
    package var hooks: [JobHook]?
    /// The values of the variables that messages of its hooks are signed with; kept as secrets, never shown.
    package var hookSecrets: [String: String]?

    package init(
        endpointName: String,
        deploymentName: String? = nil,
        input: DataReference,
        inputKind: DataAsset.Kind? = nil,
        output: DatastorePath? = nil,
        jobName: String? = nil,
        displayName: String? = nil,
        experimentName: String? = nil,
        description: String = "",
        tags: [String: String] = [:],
        overrides: SettingsOverrides = SettingsOverrides()
    ) {
        self.endpointName = endpointName
        self.deploymentName = deploymentName
        self.input = input
        self.inputKind = inputKind
        self.output = output
        self.jobName = jobName
        self.displayName = displayName
        self.experimentName = experimentName
        self.description = description
        self.tags = tags
        self.overrides = overrides
    }
}
