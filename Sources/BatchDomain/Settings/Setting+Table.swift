extension Setting: CaseIterable {
    /// The settings, in the order in which YAML and pages show them.
    package static let allCases = [
        instanceCount, gpus, maxConcurrencyPerInstance, workersPerGPU, miniBatchSize, outputAction, outputFileName,
        outputHeader, outputFileColumn, rowContract, maxRetries, timeout, errorThreshold, bisectFailedMiniBatches,
        loggingLevel,
        memoryLimitPerWorker, blockRows, splitFiles, profile, environmentVariables, readOptions,
    ]

    package static let instanceCount = Setting(
        "resources.instance_count",
        "Instance count",
        .wholeNumber(minimum: 1, unit: "instances"),
        .value(\.instanceCount, \.instanceCount),
        otherKeys: ["instance_count", "compute.instance_count"],
        isOverridableInAzure: true,
        help: "Instances that a job uses; workers are instances times concurrency."
    )

    /// Not Azure's, where the virtual machine's size says it.
    package static let gpus = Setting(
        "resources.gpus",
        "GPUs",
        .wholeNumber(minimum: 0, unit: "GPUs"),
        .value(\.gpus, \.gpus, isGiven: { $0.gpus > 0 }),
        help: "GPUs that a job holds and divides among its workers; with 0 each sees what the executor sees."
    )

    package static let maxConcurrencyPerInstance = Setting(
        "max_concurrency_per_instance",
        "Max concurrency per instance",
        .wholeNumber(minimum: 1, unit: "workers"),
        .value(\.maxConcurrencyPerInstance, \.maxConcurrencyPerInstance),
        help: "Workers that score at the same time on each instance."
    )

    /// Not Azure's, where all workers of an instance see all its GPUs.
    package static let workersPerGPU = Setting(
        "workers_per_gpu",
        "Workers per GPU",
        .wholeNumber(minimum: 1, unit: "workers"),
        .value(\.workersPerGPU, \.workersPerGPU, isGiven: { $0.workersPerGPU > 1 }),
        help: "Workers that may share a GPU; a job with GPUs has no more workers than GPUs times this."
    )

    package static let miniBatchSize = Setting(
        "mini_batch_size",
        "Mini batch size",
        .wholeNumber(minimum: 1, unit: "files"),
        .value(\.miniBatchSize, \.miniBatchSize),
        isOverridableInAzure: true,
        help: "Files handed to one call of run()."
    )

    package static let outputAction = Setting(
        "output_action",
        "Output action",
        .choice(DeploymentSettings.OutputAction.self),
        .value(\.outputAction, \.outputAction),
        help: "append_row joins all rows in one file; summary_only leaves files to the script."
    )

    package static let outputFileName = Setting(
        "output_file_name",
        "Output file name",
        .fileName,
        .value(\.outputFileName, \.outputFileName, isGiven: { $0.outputAction == .appendRow }),
        isOverridableInAzure: true,
        help: "The file that takes the rows of append_row; .jsonl and .parquet choose these formats, all else is CSV."
    )

    /// Not Azure's.
    package static let outputHeader = Setting(
        "output_header",
        "Output header",
        .truth,
        .value(\.outputHeader, \.outputHeader, isGiven: \.outputHeader),
        help: "Whether a CSV output begins with a line of column names; beyond Azure."
    )

    /// Not Azure's.
    package static let outputFileColumn = Setting(
        "output_file_column",
        "Output file column",
        .choice(OutputFileColumn.self),
        .value(\.outputFileColumn, \.outputFileColumn, isGiven: { $0.outputFileColumn != .auto }),
        help:
            "How rows of MLflow models name their file; auto is the name where names are unique in the input, else the path."
    )

    /// Not Azure's, where a model may return any number of rows.
    package static let rowContract = Setting(
        "row_contract",
        "Row contract",
        .choice(RowContract.self),
        .value(\.rowContract, \.rowContract, isGiven: { $0.rowContract != .onePerRow }),
        help: "What an MLflow model must return: one_per_row, by_index where it may drop rows, none as Azure."
    )

    package static let maxRetries = Setting(
        "retry_settings.max_retries",
        "Max retries",
        .wholeNumber(minimum: 0, unit: "attempts"),
        .value(\.maxRetries, \.maxRetries),
        otherKeys: ["max_retries"],
        isOverridableInAzure: true,
        help: "Attempts at a mini-batch before its files count as failed; 0 means one attempt."
    )

    package static let timeout = Setting(
        "retry_settings.timeout",
        "Scoring timeout (seconds)",
        .wholeNumber(minimum: 1, unit: "seconds"),
        .value(\.timeout, \.timeout),
        otherKeys: ["timeout"],
        isOverridableInAzure: true,
        help: "Seconds that one call of run() may take before its worker is killed and the mini-batch is scored again."
    )

    package static let errorThreshold = Setting(
        "error_threshold",
        "Error threshold",
        .wholeNumber(minimum: -1, unit: "files"),
        .value(\.errorThreshold, \.errorThreshold),
        isOverridableInAzure: true,
        remark: ", where -1 tolerates all failures",
        help: "Failed files over the whole input that a job tolerates; -1 tolerates all."
    )

    /// Not Azure's, where all files of a failed mini-batch fail.
    package static let bisectFailedMiniBatches = Setting(
        "bisect_failed_mini_batches",
        "Bisect failed mini-batches",
        .truth,
        .value(
            \.bisectFailedMiniBatches,
            \.bisectFailedMiniBatches,
            isGiven: { !$0.bisectFailedMiniBatches }
        ),
        help:
            "Whether a mini-batch that exhausted its attempts is split down to its bad files; beyond Azure, where all its files fail."
    )

    package static let loggingLevel = Setting(
        "logging_level",
        "Logging level",
        .choice(DeploymentSettings.LoggingLevel.self),
        .value(\.loggingLevel, \.loggingLevel),
        help: "How much a job logs; also passed to the script as --logging_level."
    )

    /// Not Azure's: there a job has its machines to itself.
    package static let memoryLimitPerWorker = Setting(
        "memory_limit_per_worker",
        "Memory limit per worker",
        .memory(minimum: 64_000_000),
        .memory(\.memoryLimitPerWorker, \.memoryLimitPerWorker),
        absence: "unlimited",
        help:
            "Memory that each worker may hold; a mini-batch that needs more has failed an attempt. Unlimited where it is not given."
    )

    /// Not Azure's: there an MLflow model gets whole files.
    package static let blockRows = Setting(
        "block_rows",
        "Block rows",
        .wholeNumber(minimum: 1, unit: "rows"),
        .count(\.blockRows, \.blockRows),
        absence: "by size",
        help:
            "Rows of a large table that an MLflow model gets at once; about 16 MiB of input where it is not given. Beyond Azure."
    )

    /// Not Azure's, where a file is scored by one worker however large it is.
    package static let splitFiles = Setting(
        "split_files",
        "Split files",
        .splitting(minimum: SplitFiles.minimum),
        .splitting,
        help:
            "The size above which CSV, JSON lines and Parquet files are scored in parts by several workers; auto is 64MiB for MLflow models, never for scripts."
    )

    /// Not Azure's.
    package static let profile = Setting(
        "profile",
        "Profile",
        .choice(ProfileScope.self),
        .value(\.profile, \.profile, isGiven: { $0.profile != .predictions }),
        help: "Of which values a job keeps a profile: counts, extremes and histograms; off for none."
    )

    package static let environmentVariables = Setting(
        "environment_variables",
        "Environment variables",
        .dictionary,
        .variables,
        help: "Variables set for the job's processes."
    )

    /// Not Azure's, where an MLTable alone says how files are read.
    package static let readOptions = Setting(
        "read_options",
        "Read options",
        .readOptions,
        .readOptions,
        help: "How input files are read where their names and content do not say it: delimiter, date formats, names."
    )
}

extension Setting.Values {
    /// True or false.
    package static let truth = Setting.Values.choice(["true", "false"])

    /// One of a type's words.
    fileprivate static func choice<Choice: RawRepresentable<String> & CaseIterable>(_ type: Choice.Type) -> Self {
        .choice(type.allCases.map(\.rawValue))
    }
}
