/// The settings of a deployment, each declared once: YAML, flags, forms, validation and documentation read this record.
package enum Setting: String, CaseIterable, Sendable {
    case instanceCount = "resources.instance_count"
    case maxConcurrencyPerInstance = "max_concurrency_per_instance"
    case miniBatchSize = "mini_batch_size"
    case outputAction = "output_action"
    case outputFileName = "output_file_name"
    case outputHeader = "output_header"
    case outputFileColumn = "output_file_column"
    case rowContract = "row_contract"
    case maxRetries = "retry_settings.max_retries"
    case timeout = "retry_settings.timeout"
    case errorThreshold = "error_threshold"
    case bisectFailedMiniBatches = "bisect_failed_mini_batches"
    case loggingLevel = "logging_level"
    /// Not Azure's: there a job has its machines to itself.
    case memoryLimitPerWorker = "memory_limit_per_worker"
    case environmentVariables = "environment_variables"
    /// Not Azure's, where an MLTable alone says how files are read.
    case readOptions = "read_options"

    /// What values a setting takes.
    package enum Values: Equatable, Sendable {
        /// A whole number of at least `minimum`, in `unit`.
        case wholeNumber(minimum: Int, unit: String)
        /// One of these words.
        case choice([String])
        /// The name of a file, without a folder.
        case fileName
        /// A size of memory of at least so many bytes; none is no bound.
        case memory(minimum: Int)
        /// Names and values.
        case dictionary
        /// The options of ``ReadOption``.
        case readOptions
    }

    /// The key in YAML, with the keys above it: `retry_settings.timeout`.
    package var key: String { rawValue }

    /// The label in forms and on pages, as in Azure's studio.
    package var title: String {
        switch self {
        case .instanceCount: "Instance count"
        case .maxConcurrencyPerInstance: "Max concurrency per instance"
        case .miniBatchSize: "Mini batch size"
        case .outputAction: "Output action"
        case .outputFileName: "Output file name"
        case .outputHeader: "Output header"
        case .outputFileColumn: "Output file column"
        case .rowContract: "Row contract"
        case .maxRetries: "Max retries"
        case .timeout: "Scoring timeout (seconds)"
        case .errorThreshold: "Error threshold"
        case .bisectFailedMiniBatches: "Bisect failed mini-batches"
        case .loggingLevel: "Logging level"
        case .memoryLimitPerWorker: "Memory limit per worker"
        case .environmentVariables: "Environment variables"
        case .readOptions: "Read options"
        }
    }

    /// What it takes.
    package var values: Values {
        switch self {
        case .instanceCount: .wholeNumber(minimum: 1, unit: "instances")
        case .maxConcurrencyPerInstance: .wholeNumber(minimum: 1, unit: "workers")
        case .miniBatchSize: .wholeNumber(minimum: 1, unit: "files")
        case .outputAction: .choice(DeploymentSettings.OutputAction.allCases.map(\.rawValue))
        case .outputFileName: .fileName
        case .outputHeader, .bisectFailedMiniBatches: .choice(["true", "false"])
        case .outputFileColumn: .choice(OutputFileColumn.allCases.map(\.rawValue))
        case .rowContract: .choice(RowContract.allCases.map(\.rawValue))
        case .maxRetries: .wholeNumber(minimum: 0, unit: "attempts")
        case .timeout: .wholeNumber(minimum: 1, unit: "seconds")
        case .errorThreshold: .wholeNumber(minimum: -1, unit: "files")
        case .loggingLevel: .choice(DeploymentSettings.LoggingLevel.allCases.map(\.rawValue))
        case .memoryLimitPerWorker: .memory(minimum: 64_000_000)
        case .environmentVariables: .dictionary
        case .readOptions: .readOptions
        }
    }

    /// What it does, in one sentence.
    package var help: String {
        switch self {
        case .instanceCount: "Instances that a job uses; workers are instances times concurrency."
        case .maxConcurrencyPerInstance: "Workers that score at the same time on each instance."
        case .miniBatchSize: "Files handed to one call of run()."
        case .outputAction: "append_row joins all rows in one file; summary_only leaves files to the script."
        case .outputFileName:
            "The file that takes the rows of append_row; .jsonl and .parquet choose these formats, all else is CSV."
        case .outputHeader: "Whether a CSV output begins with a line of column names; beyond Azure."
        case .outputFileColumn:
            "How rows of MLflow models name their file; auto is the name where names are unique in the input, else the path."
        case .rowContract:
            "What an MLflow model must return: one_per_row, by_index where it may drop rows, none as Azure."
        case .maxRetries: "Attempts at a mini-batch before its files count as failed; 0 means one attempt."
        case .timeout:
            "Seconds that one call of run() may take before its worker is killed and the mini-batch tried again."
        case .errorThreshold: "Failed files over the whole input that a job bears; -1 bears all."
        case .loggingLevel: "How much a job logs; also passed to the script as --logging_level."
        case .memoryLimitPerWorker:
            "Memory that each worker may hold; a mini-batch that needs more is a failed try. Without it there is no bound."
        case .bisectFailedMiniBatches:
            "Whether a mini-batch whose tries all failed is split down to its bad files; beyond Azure, where all its files fail."
        case .environmentVariables: "Variables set for the job's processes."
        case .readOptions:
            "How input files are read where their names and content do not say it: delimiter, date formats, names."
        }
    }

    /// Whether Azure lets one job override it; batchstudio lets a job override all but the output action.
    package var isOverridableInAzure: Bool {
        switch self {
        case .instanceCount, .miniBatchSize, .outputFileName, .maxRetries, .timeout, .errorThreshold: true
        case .maxConcurrencyPerInstance, .outputAction, .outputHeader, .outputFileColumn, .rowContract,
            .bisectFailedMiniBatches, .loggingLevel, .memoryLimitPerWorker, .environmentVariables,
            .readOptions:
            false
        }
    }

    /// The default as text.
    package var defaultText: String { text(in: DeploymentSettings()) ?? "" }

    /// Other spellings of the key that Azure accepts.
    package static func named(_ key: String) -> Setting? {
        switch key {
        case "instance_count", "compute.instance_count": .instanceCount
        case "max_retries": .maxRetries
        case "timeout": .timeout
        default: Setting(rawValue: key)
        }
    }
}
