import BatchDomain

extension DeploymentWizard {
    mutating func normalize(from old: DeploymentAnswers) -> [String] {
        var resets: [String] = []
        if draft.model != old.model, let model {
            resets += normalizeScoring(of: model)
            let before = supplies.models?.first { $0.id.short == old.model }
            if draft.name.isEmpty || before.map({ isProposed(draft.name, for: $0.id) }) == true {
                draft.name = freeName(for: model.id)
                if !old.name.isEmpty { resets.append("The deployment is called \(draft.name) now.") }
            }
        }
        if draft.isNew, !old.isNew, draft.isDefault {
            draft.isDefault = false
            resets.append("“Make default” was reset: the first deployment of a new endpoint is its default anyway.")
        }
        if draft.settings[.outputAction] != old.settings[.outputAction], !draft.settings[.outputFileName].isEmpty,
            draft.settings[.outputAction] == DeploymentSettings.OutputAction.summaryOnly.rawValue
        {
            draft.settings[.outputFileName] = ""
            resets.append("Output file name was reset: summary_only merges nothing into a file.")
        }
        return resets
    }

    /// A script belongs to its model: another kind of model starts without one.
    private mutating func normalizeScoring(of model: Model) -> [String] {
        let fresh = DeploymentAnswers()
        if model.mlflow == nil {
            guard !draft.isOwnScript else { return [] }
            draft.scoring = .own
            return [
                "\(model.id.short) is a \(model.kind.rawValue): step Environment asks for script and environment now."
            ]
        }
        guard draft.isOwnScript else { return [] }
        let hadCode = !draft.codeFolder.isEmpty || !draft.script.isEmpty || !draft.environment.isEmpty
        (draft.scoring, draft.codeFolder, draft.script) = (fresh.scoring, fresh.codeFolder, fresh.script)
        draft.environment = fresh.environment
        let lost = hadCode ? "your script and environment were taken away" : "no script is needed"
        return ["\(model.id.short) is an MLflow model: \(lost); both are generated."]
    }

    /// Proposes another name where the proposed one is taken.
    mutating func proposeFreeName() {
        guard let model = draft.modelID, isProposed(draft.name, for: model) else { return }
        draft.name = freeName(for: model)
    }

    /// The model's name, with a number where the endpoint has deployments of that name.
    private func freeName(for model: AssetVersion) -> String {
        let name = Self.suggestedName(for: model)
        guard !draft.isNew, let taken = supplies.deployments, taken.endpoint == draft.existingEndpoint else {
            return name
        }
        let others = (2...(taken.names.count + 2)).map { "\(name)-\($0)" }
        return ([name] + others).first {
            !taken.names.contains($0) && $0.count <= NameRule.deployment.lengths.upperBound
        } ?? name
    }

    /// Returns whether the name was not typed.
    private func isProposed(_ name: String, for model: AssetVersion) -> Bool {
        let proposed = Self.suggestedName(for: model)
        return name == proposed || (name.hasPrefix(proposed + "-") && Int(name.dropFirst(proposed.count + 1)) != nil)
    }

    /// A name that the rule for deployments accepts, from the model's.
    static func suggestedName(for model: AssetVersion) -> String {
        let letters = model.short.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let name = String(String(letters.drop { !$0.isLetter }).prefix(NameRule.deployment.lengths.upperBound))
        return NameRule.deployment.problems(in: name).isEmpty ? name : ""
    }
}
