import BatchDomain

extension ManifestFields {
    /// The name of a compute target, written `azureml:NAME`, `NAME` or as an id of Azure.
    mutating func computeName(_ path: String) -> String? {
        text(path).map(ComputeReference.name)
    }

    /// A registered model by its reference, or a model described in place.
    mutating func modelChoice(_ path: String, fallbackName: String) -> DeploymentDraft.ModelChoice? {
        if let text = shortText(path) {
            if isPath(text) {
                return modelRegistration(name: fallbackName, kind: nil, pathField: path, pathText: text).map {
                    .inline($0)
                }
            }
            return reference(path, text).map { .registered($0) }
        }
        let isGiven = value(at: path)?.entries != nil
        let registration = inlineModel(under: path + ".", fallbackName: fallbackName)
        return isGiven ? registration.map { .inline($0) } : nil
    }

    /// A registered environment by its reference, or an environment described in place.
    mutating func environmentChoice(_ path: String, fallbackName: String) -> DeploymentDraft.EnvironmentChoice? {
        if let text = shortText(path) { return reference(path, text).map { .registered($0) } }
        let isGiven = value(at: path)?.entries != nil
        let registration = environment(under: path + ".", fallbackName: fallbackName)
        return isGiven ? registration.map { .inline($0) } : nil
    }

    /// The folder of scoring code, written `code: ./x`, `code: {path: ./x}` or, in 2021, `code: {local_path: ./x}`.
    mutating func scoringCode() -> ScoringCode? {
        let base = "code_configuration"
        let script = text(base + ".scoring_script")
        let folder = shortText(base + ".code") ?? text(base + ".code.path") ?? text(base + ".code.local_path")
        require(base + ".scoring_script")
        require(base + ".code")
        guard value(at: base)?.entries != nil else { return nil }
        guard let folder, let script else {
            let missing = folder == nil ? ("code", "./code") : ("scoring_script", "batch_driver.py")
            report("\(base).\(missing.0)", rule: "must be given", example: missing.1)
            return nil
        }
        for problem in ScoringCode(folder: folder, script: script).problems(in: document.folder) {
            report(problem.field, value: problem.value, rule: problem.rule)
        }
        return ScoringCode(folder: document.absolute(folder), script: script)
    }

    private mutating func reference(_ path: String, _ text: String) -> AssetReference? {
        if text.hasPrefix("file:") {
            report(path, value: text, rule: "names another file, which is not followed: write its values here")
            return nil
        }
        if text.contains("://") || text.hasPrefix("azureml:/") {
            report(
                path,
                value: text,
                rule: "must name what is registered here: other workspaces and registries of Azure can't be reached",
                example: "azureml:wine@latest"
            )
            return nil
        }
        return attempt(path) { () throws(Problem) in try AssetReference(text, field: path) }
    }

    private func isPath(_ text: String) -> Bool {
        !text.hasPrefix("azureml:") && !text.contains("://") && (text.contains("/") || text.hasPrefix("."))
    }
}
