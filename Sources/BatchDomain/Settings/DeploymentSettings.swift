/// How a deployment's jobs run.
///
/// Names and defaults are Azure's (`reference-yaml-deployment-batch`).
package struct DeploymentSettings: Equatable, Sendable, Codable {
    /// The use of the rows that a scoring script returns.
    package enum OutputAction: String, Sendable, Codable, CaseIterable {
        /// All rows in one file.
        case appendRow = "append_row"
        /// Nothing merged; the script writes its own files.
        case summaryOnly = "summary_only"
    }

    /// How much a job logs.
    package enum LoggingLevel: String, Sendable, Codable, CaseIterable {
        case warning
        case info
        case debug
    }

    /// Instances that a job uses, 1 or more.
    package var instanceCount = 1
    /// Workers on each instance, 1 or more.
    package var maxConcurrencyPerInstance = 1
    /// Files handed to one call of `run()`, 1 or more.
    package var miniBatchSize = 10
    /// The use of returned rows.
    package var outputAction = OutputAction.appendRow
    /// The file that takes the rows of `append_row`.
    package var outputFileName = "predictions.csv"
    /// Attempts at a mini-batch, as typed; ``attempts`` are made.
    package var maxRetries = 3
    /// Seconds that one call of `run()` may take, 1 or more.
    package var timeout = 30
    /// Failed files that a job tolerates; -1 tolerates all.
    package var errorThreshold = -1
    /// How much a job logs.
    package var loggingLevel = LoggingLevel.info
    /// Bytes that a worker may hold; nil for no bound.
    package var memoryLimitPerWorker: Int?
    /// Rows of a large table that an MLflow model gets at once; nil for as many as have the bytes of a block.
    package var blockRows: Int?
    /// Set for the job's processes.
    package var environmentVariables: [String: String] = [:]
    /// How large files are split; nil where nothing was given: as ``SplitFiles/auto`` for MLflow models, never for scripts.
    package var splitFiles: SplitFiles?
    /// How input files are read; nil for by their names and content.
    package var readOptions: ReadOptions?
    // Nil where they have their defaults: what was stored before they existed is read, and looks as it did.
    private var header: Bool?
    private var bisection: Bool?
    private var fileColumn: OutputFileColumn?
    private var contract: RowContract?
    private var devices: Int?
    private var workersPerDevice: Int?
    private var profiled: ProfileScope?

    package init() {}

    /// True when a CSV output begins with a line of column names.
    package var outputHeader: Bool {
        get { header ?? false }
        set { header = newValue ? true : nil }
    }

    /// True when a mini-batch that exhausted its attempts is split down to its bad files.
    package var bisectFailedMiniBatches: Bool {
        get { bisection ?? true }
        set { bisection = newValue ? nil : false }
    }

    /// How the rows of an MLflow model name the file that they come from.
    package var outputFileColumn: OutputFileColumn {
        get { fileColumn ?? .auto }
        set { fileColumn = newValue == .auto ? nil : newValue }
    }

    /// How many predictions an MLflow model must return.
    package var rowContract: RowContract {
        get { contract ?? .onePerRow }
        set { contract = newValue == .onePerRow ? nil : newValue }
    }

    /// GPUs that a job holds; with 0 its workers see what the executor sees.
    package var gpus: Int {
        get { devices ?? 0 }
        set { devices = newValue == 0 ? nil : newValue }
    }

    /// Workers that may share a GPU, 1 or more.
    package var workersPerGPU: Int {
        get { workersPerDevice ?? 1 }
        set { workersPerDevice = newValue == 1 ? nil : newValue }
    }

    /// The values of which a job keeps a profile.
    package var profile: ProfileScope {
        get { profiled ?? .predictions }
        set { profiled = newValue == .predictions ? nil : newValue }
    }

    /// Workers that a job asks for, before the machine's bounds: with GPUs no more than may share them.
    package var workers: Int {
        let wanted = instanceCount.multipliedReportingOverflow(by: maxConcurrencyPerInstance).partialValue
        return gpus == 0 ? wanted : min(wanted, gpus.multipliedReportingOverflow(by: workersPerGPU).partialValue)
    }
}

/// Settings that were given; nil stands for "not given".
///
/// A deployment's file gives some over the defaults; a job's call gives some over the deployment's.
package struct SettingsOverrides: Equatable, Sendable, Codable {
    package var instanceCount: Int?
    package var gpus: Int?
    package var maxConcurrencyPerInstance: Int?
    package var workersPerGPU: Int?
    package var miniBatchSize: Int?
    package var outputAction: DeploymentSettings.OutputAction?
    package var outputFileName: String?
    package var outputHeader: Bool?
    package var outputFileColumn: OutputFileColumn?
    package var rowContract: RowContract?
    package var maxRetries: Int?
    package var timeout: Int?
    package var errorThreshold: Int?
    package var bisectFailedMiniBatches: Bool?
    package var loggingLevel: DeploymentSettings.LoggingLevel?
    package var memoryLimitPerWorker: Int?
    package var blockRows: Int?
    package var splitFiles: SplitFiles?
    package var profile: ProfileScope?
    /// Added to the variables underneath, replacing those of the same name.
    package var environmentVariables: [String: String]?
    /// Merged with the options underneath, key by key.
    package var readOptions: ReadOptions?

    package init() {}

    /// Gives all settings, the file name only where `output_action` uses it, and those beyond Azure only where they differ from their
    /// defaults.
    package init(_ settings: DeploymentSettings) {
        for setting in Setting.allCases { setting.access.give(settings, &self) }
    }

    /// True when nothing was given.
    package var isEmpty: Bool { self == SettingsOverrides() }
}

extension DeploymentSettings {
    /// These settings with the given ones in their place.
    package func overridden(by overrides: SettingsOverrides) -> DeploymentSettings {
        Setting.allCases.reduce(into: self) { $1.access.override(overrides, &$0) }
    }
}
