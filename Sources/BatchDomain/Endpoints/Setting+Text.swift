extension Setting {
    /// The setting's value as text; nil for dictionaries, and for a bound that is not set.
    package func text(in settings: DeploymentSettings) -> String? {
        switch self {
        case .instanceCount: String(settings.instanceCount)
        case .maxConcurrencyPerInstance: String(settings.maxConcurrencyPerInstance)
        case .miniBatchSize: String(settings.miniBatchSize)
        case .outputAction: settings.outputAction.rawValue
        case .outputFileName: settings.outputFileName
        case .outputHeader: String(settings.outputHeader)
        case .outputFileColumn: settings.outputFileColumn.rawValue
        case .rowContract: settings.rowContract.rawValue
        case .bisectFailedMiniBatches: String(settings.bisectFailedMiniBatches)
        case .maxRetries: String(settings.maxRetries)
        case .timeout: String(settings.timeout)
        case .errorThreshold: String(settings.errorThreshold)
        case .loggingLevel: settings.loggingLevel.rawValue
        case .memoryLimitPerWorker: settings.memoryLimitPerWorker.map(ByteSize.exactText)
        case .environmentVariables, .readOptions: nil
        }
    }

    /// The setting's value as text where it was given; nil for dictionaries.
    package func text(in overrides: SettingsOverrides) -> String? {
        switch self {
        case .instanceCount: overrides.instanceCount.map { String($0) }
        case .maxConcurrencyPerInstance: overrides.maxConcurrencyPerInstance.map { String($0) }
        case .miniBatchSize: overrides.miniBatchSize.map { String($0) }
        case .outputAction: overrides.outputAction?.rawValue
        case .outputFileName: overrides.outputFileName
        case .outputHeader: overrides.outputHeader.map { String($0) }
        case .outputFileColumn: overrides.outputFileColumn?.rawValue
        case .rowContract: overrides.rowContract?.rawValue
        case .bisectFailedMiniBatches: overrides.bisectFailedMiniBatches.map { String($0) }
        case .maxRetries: overrides.maxRetries.map { String($0) }
        case .timeout: overrides.timeout.map { String($0) }
        case .errorThreshold: overrides.errorThreshold.map { String($0) }
        case .loggingLevel: overrides.loggingLevel?.rawValue
        case .memoryLimitPerWorker: overrides.memoryLimitPerWorker.map(ByteSize.exactText)
        case .environmentVariables, .readOptions: nil
        }
    }

    /// Puts a typed value in its place.
    ///
    /// - Throws: ``Problem`` with the rule and an example when the setting does not take the value.
    package func set(_ text: String, in overrides: inout SettingsOverrides) throws(Problem) {
        switch self {
        case .instanceCount: overrides.instanceCount = try wholeNumber(text)
        case .maxConcurrencyPerInstance: overrides.maxConcurrencyPerInstance = try wholeNumber(text)
        case .miniBatchSize: overrides.miniBatchSize = try wholeNumber(text)
        case .outputAction: overrides.outputAction = try choice(text)
        case .outputFileName: overrides.outputFileName = text
        case .outputHeader: overrides.outputHeader = try truth(text)
        case .outputFileColumn: overrides.outputFileColumn = try choice(text)
        case .rowContract: overrides.rowContract = try choice(text)
        case .bisectFailedMiniBatches: overrides.bisectFailedMiniBatches = try truth(text)
        case .maxRetries: overrides.maxRetries = try wholeNumber(text)
        case .timeout: overrides.timeout = try wholeNumber(text)
        case .errorThreshold: overrides.errorThreshold = try wholeNumber(text)
        case .loggingLevel: overrides.loggingLevel = try choice(text)
        case .memoryLimitPerWorker: overrides.memoryLimitPerWorker = try memory(text)
        case .environmentVariables, .readOptions: throw problem(value: text)
        }
    }

    /// The problem of a value that the setting does not take.
    package func problem(value: String) -> Problem {
        switch values {
        case .wholeNumber(let minimum, let unit):
            let special = self == .errorThreshold ? ", where -1 bears all failures" : ""
            return Problem(
                field: key,
                value: value,
                rule: "must be a whole number of \(unit), \(minimum) or more\(special)",
                example: defaultText
            )
        case .choice(let words):
            return Problem(
                field: key,
                value: value,
                rule: "must be one of \(words.joined(separator: ", "))",
                example: defaultText
            )
        case .fileName:
            return Problem(
                field: key,
                value: value,
                rule: "must be the name of a file, without a folder",
                example: defaultText
            )
        case .memory(let minimum):
            return Problem(
                field: key,
                value: value,
                rule: "must be a size of \(ByteSize.exactText(minimum)) or more: \(ByteSize.acceptedForms)",
                example: "2GB"
            )
        case .dictionary:
            return Problem(
                field: key,
                value: value,
                rule: "must be names with values",
                example: "OMP_NUM_THREADS: \"1\""
            )
        case .readOptions:
            return Problem(
                field: key,
                value: value,
                rule: "must be a mapping of read options",
                example: "{delimiter: \";\"}"
            )
        }
    }

    private func wholeNumber(_ text: String) throws(Problem) -> Int {
        guard let number = Int(text), case .wholeNumber(let minimum, _) = values, number >= minimum else {
            throw problem(value: text)
        }
        return number
    }

    private func memory(_ text: String) throws(Problem) -> Int {
        guard let bytes = ByteSize.bytes(of: text), case .memory(let minimum) = values, bytes >= minimum else {
            throw problem(value: text)
        }
        return bytes
    }

    private func truth(_ text: String) throws(Problem) -> Bool {
        guard let truth = Bool(text.lowercased()) else { throw problem(value: text) }
        return truth
    }

    private func choice<Choice: RawRepresentable<String>>(_ text: String) throws(Problem) -> Choice {
        guard let choice = Choice(rawValue: text.lowercased()) else { throw problem(value: text) }
        return choice
    }
}
