package import BatchDomain

/// `az ml batch-deployment create -f`: the YAML of a batch deployment, in the dialects of 2021, 2022 and since.
package enum DeploymentManifest {
    /// Reads a deployment from text.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(
        text: String,
        file: String,
        name: String? = nil,
        endpointName: String? = nil
    ) throws(ValidationError) -> DeploymentDraft {
        try read(YAMLDocument(text: text, file: file), name: name, endpointName: endpointName)
    }

    /// Reads a deployment; a given name and endpoint name replace the file's.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(
        _ document: YAMLDocument,
        name: String? = nil,
        endpointName: String? = nil
    ) throws(ValidationError) -> DeploymentDraft {
        let document = try document.setting(path: "name", text: name).setting(path: "endpoint_name", text: endpointName)
        var fields = try ManifestFields(document, noun: "batch deployment")
        return try read(&fields)
    }

    static func read(_ fields: inout ManifestFields) throws(ValidationError) -> DeploymentDraft {
        let dialect = try Dialect(&fields)
        var draft = DeploymentDraft(
            endpointName: fields.requiredText(
                "endpoint_name",
                as: .name(.endpoint),
                example: NameRule.endpoint.example,
                flag: "--endpoint-name"
            ),
            name: fields.requiredText(
                "name",
                as: .name(.deployment),
                example: NameRule.deployment.example,
                flag: "--name"
            ),
            description: fields.text("description") ?? "",
            tags: fields.labels("tags") ?? [:],
            properties: fields.labels("properties") ?? [:],
            compute: fields.computeName("compute") ?? ComputeTarget.defaultName,
            settings: fields.settings(in: dialect)
        )
        draft.model = fields.modelChoice("model", fallbackName: draft.name)
        draft.code = fields.scoringCode()
        draft.environment = fields.environmentChoice("environment", fallbackName: draft.name)
        fields.accept("id", "provisioning_state", "creation_context", "resources.instance_type", "resources.properties")
        try fields.finish(valueProblems: draft.problems()) { dialect.path(of: $0) }
        return draft
    }
}

extension DeploymentManifest {
    /// Where a file keeps the settings.
    enum Dialect {
        /// 2021 and 2022: at the top of the file.
        case flat
        /// `type: model`: under `settings`.
        case nested

        /// Recognizes the dialect.
        ///
        /// - Throws: ``ValidationError`` for deployments of another type: their other keys say nothing here.
        init(_ fields: inout ManifestFields) throws(ValidationError) {
            switch fields.text("type", as: .choice(["model"]))?.lowercased() {
            case nil:
                self = .flat
                if fields.value(at: "settings") != nil {
                    fields.accept("settings")
                    fields.report("settings", rule: "is read only with 'type: model'; add that line")
                }
            case "model": self = .nested
            case "pipeline":
                fields.report(
                    "type",
                    value: "pipeline",
                    rule:
                        "makes a pipeline component deployment, which batchstudio does not run: only models are scored here",
                    example: "model"
                )
                throw ValidationError(fields.problems)
            case .some(let other):
                fields.report("type", value: other, rule: "must be model", example: "model")
                self = .nested
            }
        }

        /// Where the file keeps a field that the domain knows by its key alone.
        func path(of field: String) -> String {
            if self == .nested, field.hasPrefix(Setting.readOptions.key + ".") { return "settings." + field }
            guard self == .nested, let setting = Setting.allCases.first(where: { $0.key == field }) else {
                return field
            }
            return setting.key.hasPrefix("resources.") ? field : "settings." + field
        }
    }
}
