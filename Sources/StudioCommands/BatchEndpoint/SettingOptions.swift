import ArgumentParser
import BatchDomain
import BatchManifest

/// Settings for one job, as flags of their own and by `--set`.
struct SettingOptions: ParsableArguments {
    @Option(name: [.customShort("c"), .long], help: .setting(.instanceCount))
    var instanceCount: String?

    @Option(help: .setting(.gpus))
    var gpus: String?

    @Option(help: .setting(.maxConcurrencyPerInstance))
    var maxConcurrencyPerInstance: String?

    @Option(name: [.customShort("m"), .long], help: .setting(.miniBatchSize))
    var miniBatchSize: String?

    @Option(help: .setting(.loggingLevel), completion: .list(DeploymentSettings.LoggingLevel.allCases.map(\.rawValue)))
    var loggingLevel: String?

    @Option(parsing: .upToNextOption, help: "Variables for the job's processes: KEY=VALUE.")
    var env: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: """
            Any setting in place of the deployment's: output_file_name=x.csv, retry_settings.timeout=60, \
            read_options.delimiter=";"; inputs.NAME.path=….
            """
    )
    var set: [String] = []

    /// Puts the settings given, and what `--set` says of the job itself, into the invocation.
    ///
    /// - Throws: ``ValidationError`` with every value that is wrong.
    func apply(to invocation: inout Invocation) throws {
        var problems = Problems()
        let flags: [(Setting, String?)] = [
            (.instanceCount, instanceCount), (.gpus, gpus), (.maxConcurrencyPerInstance, maxConcurrencyPerInstance),
            (.miniBatchSize, miniBatchSize), (.loggingLevel, loggingLevel),
        ]
        for case (let setting, let text?) in flags {
            problems.attempt { try setting.set(text, in: &invocation.overrides) }
        }
        problems.attempt {
            let variables = try Assignment.labels(env, flag: "--env")
            if !variables.isEmpty {
                invocation.overrides.environmentVariables = (invocation.overrides.environmentVariables ?? [:])
                    .merging(variables) { _, flag in flag }
            }
        }
        var assignments: [Assignment] = []
        problems.attempt { assignments = try Assignment.read(set, flag: "--set", example: "tags.owner=me") }
        problems.attempt {
            guard let options = try assignments.readOptions() else { return }
            invocation.overrides.readOptions = (invocation.overrides.readOptions ?? ReadOptions())
                .overridden(by: options)
        }
        for assignment in assignments where !assignment.isOfData && assignment.readOption == nil {
            problems.attempt { try Self.apply(assignment, to: &invocation) }
        }
        try problems.throwIfAny()
    }

    /// The assignments of `--set` that say what the job reads and where its output goes: `inputs.wines.path=./wines`.
    ///
    /// Texts that are no assignments are left to ``apply(to:)``, which reports them.
    var data: [Assignment] { self.set.compactMap { Assignment($0) }.filter(\.isOfData) }

    private static func apply(_ assignment: Assignment, to invocation: inout Invocation) throws(Problem) {
        let keys = assignment.key.split(separator: ".", maxSplits: 1).map(String.init)
        switch (keys[0], keys.dropFirst().first) {
        case ("settings", let key?):
            try apply(Assignment(key: key, value: assignment.value), to: &invocation)
        case ("environment_variables", let variable?):
            invocation.overrides.environmentVariables = (invocation.overrides.environmentVariables ?? [:])
                .merging([variable: assignment.value]) { _, new in new }
        case ("compute", nil): invocation.compute = ComputeReference.name(in: assignment.value)
        case ("tags", let tag?): invocation.tags[tag] = assignment.value
        case ("display_name", nil): invocation.displayName = assignment.value
        case ("description", nil): invocation.description = assignment.value
        case ("experiment_name", nil), ("properties", "experimentName"): invocation.experimentName = assignment.value
        default: try setting(assignment).set(assignment.value, in: &invocation.overrides)
        }
    }

    private static func setting(_ assignment: Assignment) throws(Problem) -> Setting {
        let overridable = Setting.allCases.filter { $0 != .outputAction }
        if let setting = Setting.named(assignment.key), overridable.contains(setting) { return setting }
        let others = ["compute", "display_name", "description", "experiment_name", "inputs", "outputs", "tags"]
        if let nearest = NearestKey.of(assignment.key, among: overridable.map(\.key) + others) {
            throw Problem(field: "--set \(assignment.key)", rule: "is not known; did you mean '\(nearest)'?")
        }
        throw Problem(
            field: "--set",
            value: assignment.key,
            rule: "must be compute, or a setting that one job may override: "
                + overridable.map(\.key).joined(separator: ", "),
            example: "output_file_name=scores.csv"
        )
    }
}

extension Assignment {
    /// True when it belongs to the job's inputs or outputs.
    fileprivate var isOfData: Bool { isInput || key == "outputs" || key.hasPrefix("outputs.") }

    /// True when it belongs to the job's inputs.
    var isInput: Bool { key == "inputs" || key.hasPrefix("inputs.") }
}

extension ArgumentHelp {
    /// The help of the setting's record.
    fileprivate static func setting(_ setting: Setting) -> ArgumentHelp { ArgumentHelp(stringLiteral: setting.help) }
}
