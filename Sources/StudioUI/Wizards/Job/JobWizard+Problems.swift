import BatchDomain
import BatchManifest
import TerminalKit

extension JobWizard {
    /// The draft of the answers, as far as they can be read.
    var invocation: Invocation {
        var invocation = Invocation(
            endpointName: draft.endpoint,
            deploymentName: draft.deployment.isEmpty ? nil : draft.deployment,
            input: (try? DataReference(draft.input, field: "input")) ?? .local(draft.input),
            displayName: draft.displayName.isEmpty ? nil : draft.displayName,
            overrides: draft.isOverriding ? draft.settings.read().overrides : SettingsOverrides()
        )
        invocation.overrides.readOptions = draft.settings.read().overrides.readOptions
        if draft.source != .asset {
            invocation.inputKind = draft.kind.kind
        }
        invocation.isRecursive = draft.recursion.isRecursive
        let tags = KeyValueLines.pairs(in: draft.tags).map { ($0.key, $0.value) }
        invocation.tags = Dictionary(tags) { _, last in last }
        if draft.place == .chosen {
            invocation.output = try? DatastorePath(draft.output, field: "output")
        }
        return invocation
    }

    var useCase: UseCase { .invoke(invocation) }

    /// The step that asks for a field.
    func step(of field: String) -> Step {
        if field.hasPrefix("input") || field == "recursive" || field.hasPrefix(Setting.readOptions.key) { return .data }
        return ["output", "output_datastore"].contains(field) ? .output : .deployment
    }

    var problems: [WizardProblem] {
        let all = (deploymentProblems + dataProblems + readOptionsProblems + outputProblems)
        var seen: Set<String> = []
        return all.filter { seen.insert($0.field).inserted }
    }

    private func problem(_ field: String, _ text: String) -> WizardProblem {
        WizardProblem(step: step(of: field).rawValue, field: field, text: text)
    }

    private var deploymentProblems: [WizardProblem] {
        var problems: [WizardProblem] = []
        if draft.deployment.isEmpty {
            problems.append(problem("deployment", "Choose the deployment that scores."))
        } else if deployments != nil, deployment == nil {
            let text = "Endpoint '\(draft.endpoint)' has no deployment '\(draft.deployment)'. Choose another one."
            problems.append(problem("deployment", text))
        }
        problems += KeyValueLines.problem(in: draft.tags).map { [problem("tags", $0)] } ?? []
        guard draft.isOverriding else { return problems }
        let (overrides, unread) = draft.settings.read()
        let settings = base.overridden(by: overrides)
        let target = compute.first { $0.name == deployment?.compute }
        let found =
            unread.filter { !$0.isOfReadOptions } + settings.problems().filter { !$0.isOfReadOptions }
            + (target.map { settings.problems(on: $0) } ?? [])
        problems += found.map { problem($0.field, $0.studioText) }
        return problems
            + (draft.settings.variablesProblem.map { [problem(Setting.environmentVariables.key, $0)] } ?? [])
    }

    private var dataProblems: [WizardProblem] {
        if draft.source == .asset, !draft.asset.isEmpty, let assets,
            !assets.contains(where: { $0.id.short == draft.asset })
        {
            return [problem(inputField, "There is no data asset '\(draft.asset)' any more. Choose another one.")]
        }
        if draft.source == .asset, draft.asset.isEmpty {
            return [problem(inputField, "Choose the data asset: enter opens the list.")]
        }
        if draft.source == .datastore, draft.datastorePath.isEmpty {
            return [problem(inputField, "Name a file or folder in the datastore, wine/unlabeled for example.")]
        }
        do {
            let reference = try DataReference(draft.input, field: "input")
            return sourceProblem(reference).map { [problem(inputField, $0)] } ?? []
        } catch {
            return [problem(inputField, error.studioText)]
        }
    }

    /// One text for the whole field.
    private var readOptionsProblems: [WizardProblem] {
        let (overrides, unread) = draft.settings.read()
        let texts =
            draft.settings.readOptionsProblem.map { [$0] }
            ?? (unread + base.overridden(by: overrides).problems()).filter(\.isOfReadOptions).map(\.studioText)
        return texts.first.map { [problem(Setting.readOptions.key, $0)] } ?? []
    }

    /// The text must be of the kind that was chosen.
    private func sourceProblem(_ reference: DataReference) -> String? {
        let found: JobAnswers.Source =
            switch reference {
            case .asset: .asset
            case .datastore: .datastore
            case .local: .local
            case .url: .url
            }
        guard found != draft.source else { return nil }
        return "'\(draft.input)' is no \(draft.source.title): choose “\(found.title)” above, or write another one."
    }

    private var outputProblems: [WizardProblem] {
        guard draft.place == .chosen else { return [] }
        if draft.outputPath.isEmpty {
            return [problem("output", "Name a folder in the datastore, scores/wine for example.")]
        }
        do {
            _ = try DatastorePath(draft.output, field: "output")
            return []
        } catch {
            return [problem("output", error.studioText)]
        }
    }

    mutating func normalize(from old: JobAnswers) -> [String] {
        guard draft.deployment != old.deployment, draft.isOverriding, draft.settings != TypedSettings() else {
            return []
        }
        return ["Empty settings are those of \(draft.deployment) now; what you override stays."]
    }

    var script: String {
        let overrides = invocation.overrides
        var flags: [(flag: String, value: String?)] = [
            ("--name", draft.endpoint), ("--deployment-name", invocation.deploymentName),
            ("--input", invocation.input.description), ("--input-type", invocation.inputKind?.rawValue),
            ("--output-path", invocation.output?.description), ("--display-name", invocation.displayName),
        ]
        if let isRecursive = invocation.isRecursive {
            flags.append((isRecursive ? "--recursive" : "--no-recursive", ""))
        }
        for tag in invocation.tags.sorted(by: { $0.key < $1.key }) {
            flags.append(("--tag", "\(tag.key)=\(tag.value)"))
        }
        for setting in Self.overridable {
            if let text = setting.text(in: overrides) { flags.append(("--set", "\(setting.key)=\(text)")) }
        }
        for option in overrides.readOptions.map(ReadOptionsManifest.assignments) ?? [] {
            flags.append(("--set", "\(Setting.readOptions.key).\(option.key)=\(option.value)"))
        }
        for variable in SecretName.masked(overrides.environmentVariables ?? [:]).sorted(by: { $0.key < $1.key }) {
            flags.append(("--env", "\(variable.key)=\(variable.value)"))
        }
        return ShellText.command("batchstudio batch-endpoint invoke", flags)
    }
}

extension Problem {
    /// True when it is one of the read options, which stand in the step of the input.
    fileprivate var isOfReadOptions: Bool { field.hasPrefix(Setting.readOptions.key) }
}
