import BatchDomain

extension DeploymentWizard {
    mutating func settle(from old: DeploymentAnswers) -> [String] {
        var resets: [String] = []
        if draft.model != old.model, let model {
            resets += settleScoring(of: model)
            let before = supplies.models?.first { $0.id.short == old.model }
            let isSuggested = draft.name.isEmpty || before.map { Self.suggestedName(for: $0.id) } == draft.name
            if isSuggested {
                draft.name = Self.suggestedName(for: model.id)
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

    /// A script belongs to its model: another kind of model begins anew.
    private mutating func settleScoring(of model: Model) -> [String] {
        let fresh = DeploymentAnswers()
        if model.mlflow == nil {
            guard !draft.isOwnScript else { return [] }
            draft.scoring = DeploymentAnswers.Scorer.own.rawValue
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

    /// A name that the rule for deployments accepts, from the model's.
    static func suggestedName(for model: AssetVersion) -> String {
        let letters = model.short.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let name = String(String(letters.drop { !$0.isLetter }).prefix(NameRule.deployment.lengths.upperBound))
        return NameRule.deployment.problems(in: name).isEmpty ? name : ""
    }
}
