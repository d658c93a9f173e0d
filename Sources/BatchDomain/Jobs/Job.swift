package import FoundationEssentials

/// A batch scoring job.
package struct Job: Equatable, Sendable, Codable {
    /// Its name, a GUID unless the user chose another; unique in the workspace.
    package var name: String
    /// The name that lists show: `quirky_sponge_29ytk85j`.
    package var displayName: String
    /// The experiment; the endpoint's name unless the user chose another.
    package var experimentName: String
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Where it is in its life.
    package var state: JobState
    /// Its parameters, frozen when it was submitted.
    package var specification: JobSpecification
    /// The counts so far.
    package var counts: JobCounts
    /// Why it failed or was canceled, in one sentence; for a paused job, what it waits for.
    package var cause: String?
    /// The job whose failed files it scores again; it may be gone.
    package var retryOf: String?
    /// The values that were inferred, assumed or left out, a sentence each.
    package var notes: [String]
    /// How its predictions differ from those of its endpoint's baseline; nil where there was none when it ended.
    package var drift: Drift?
    /// When it was submitted.
    package var createdAt: Date
    /// When it left the queue.
    package var startedAt: Date?
    /// When it ended.
    package var endedAt: Date?

    package init(
        name: String,
        displayName: String,
        experimentName: String,
        description: String = "",
        tags: [String: String] = [:],
        state: JobState = .queued,
        specification: JobSpecification,
        counts: JobCounts = JobCounts(),
        cause: String? = nil,
        retryOf: String? = nil,
        notes: [String] = [],
        drift: Drift? = nil,
        createdAt: Date,
        startedAt: Date? = nil,
        endedAt: Date? = nil
    ) {
        self.name = name
        self.displayName = displayName
        self.experimentName = experimentName
        self.description = description
        self.tags = tags
        self.state = state
        self.specification = specification
        self.counts = counts
        self.cause = cause
        self.retryOf = retryOf
        self.notes = notes
        self.drift = drift
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}

extension Job {
    /// The end of the sentence by which a job fails whose input does not fit the model.
    package static let checkFailed = "do not fit the model. Nothing was scored."

    /// True when the check of its input failed, so that resuming it fails again.
    package var hasFailedCheck: Bool { state == .failed && cause?.contains(Self.checkFailed) == true }
}

/// Everything a job needs, taken from its deployment when it was submitted: later changes do not touch it.
package struct JobSpecification: Equatable, Sendable, Codable {
    /// The endpoint.
    package var endpointName: String
    /// The deployment.
    package var deploymentName: String
    /// The model.
    package var model: AssetVersion
    /// The model's folder or file in the workspace, absolute.
    package var modelPath: String
    /// How it scores; a script's folder is the snapshot.
    package var scoring: Scoring
    /// The environment its processes run in.
    package var environment: EnvironmentRequest
    /// The compute target's name.
    package var compute: String
    /// How it runs, overrides included.
    package var settings: DeploymentSettings
    /// The settings that the user gave for this job.
    package var overrides: SettingsOverrides
    /// Its input.
    package var input: JobInput
    /// Where its output goes.
    package var output: JobOutput
    /// What happens when it has ended.
    package var hooks: [JobHook]?

    package init(
        endpointName: String,
        deploymentName: String,
        model: AssetVersion,
        modelPath: String,
        scoring: Scoring,
        environment: EnvironmentRequest,
        compute: String,
        settings: DeploymentSettings,
        overrides: SettingsOverrides,
        input: JobInput,
        output: JobOutput,
        hooks: [JobHook]? = nil
    ) {
        self.endpointName = endpointName
        self.deploymentName = deploymentName
        self.model = model
        self.modelPath = modelPath
        self.scoring = scoring
        self.environment = environment
        self.compute = compute
        self.settings = settings
        self.overrides = overrides
        self.input = input
        self.output = output
        self.hooks = hooks
    }
}

/// The input of a job.
package struct JobInput: Equatable, Sendable, Codable {
    /// The reference as given, with the version that `@latest` meant.
    package var reference: DataReference
    /// A file or a folder.
    package var kind: DataAsset.Kind
    /// The file or folder on this machine, absolute; for a remote input, where its files are while they are needed.
    package var path: String
    /// Where the data really is, if that is not this machine.
    package var remote: RemoteInput?
    /// True when folders within are entered; nil does as Azure: scripts yes, MLflow models no.
    package var isRecursive: Bool?
    /// The patterns of the files that are read, as ``PathPatterns`` has them; nil for all.
    package var patterns: [String]?
    /// True when files are left out that a Completed job of the endpoint and model version has scored; nil for false.
    package var isNewOnly: Bool?
    /// Seconds for which a file must have stood still to be scored, where files arrive; nil for no such rule.
    package var settle: Int?

    package init(
        reference: DataReference,
        kind: DataAsset.Kind,
        path: String,
        remote: RemoteInput? = nil,
        isRecursive: Bool? = nil,
        patterns: [String]? = nil,
        isNewOnly: Bool? = nil,
        settle: Int? = nil
    ) {
        self.patterns = patterns
        self.isNewOnly = isNewOnly
        self.settle = settle
        self.reference = reference
        self.kind = kind
        self.path = path
        self.remote = remote
        self.isRecursive = isRecursive
    }

    /// The place as users know it: the path, or the address.
    package var place: String { remote?.address ?? path }

    /// The folder that the paths of its files are relative to, absolute.
    package var root: String {
        guard kind == .file, let slash = path.lastIndex(of: "/") else { return path }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Where a job's output goes.
package struct JobOutput: Equatable, Sendable, Codable {
    /// The folder as a datastore path.
    package var location: DatastorePath
    /// The folder on this machine, absolute.
    package var folder: String
    /// The file in it that takes the rows; nil for `summary_only`.
    package var fileName: String?

    package init(location: DatastorePath, folder: String, fileName: String?) {
        self.location = location
        self.folder = folder
        self.fileName = fileName
    }

    /// The file that takes the rows, absolute.
    package var file: String? { fileName.map { folder + "/" + $0 } }
}
