package import BatchDomain

/// `az ml batch-endpoint create -f`: the YAML of a batch endpoint.
package enum EndpointManifest {
    /// Reads an endpoint from text.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(text: String, file: String, name: String? = nil) throws(ValidationError) -> EndpointDraft {
        try read(YAMLDocument(text: text, file: file), name: name)
    }

    /// Reads an endpoint; a given name replaces the file's.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(
        _ document: YAMLDocument,
        name: String? = nil
    ) throws(ValidationError) -> EndpointDraft {
        var fields = try ManifestFields(document.setting(path: "name", text: name), noun: "batch endpoint")
        return try read(&fields)
    }

    static func read(_ fields: inout ManifestFields) throws(ValidationError) -> EndpointDraft {
        let draft = EndpointDraft(
            name: fields.requiredText(
                "name",
                as: .name(.endpoint),
                example: NameRule.endpoint.example,
                flag: "--name"
            ),
            description: fields.text("description"),
            tags: fields.labels("tags"),
            properties: fields.labels("properties"),
            defaultDeployment: fields.text("defaults.deployment_name"),
            baseline: fields.text("baseline")
        )
        _ = fields.choice(
            "auth_mode",
            of: AuthMode.self,
            rule: "must be aad_token, the only way in",
            example: .aadToken
        )
        fields.accept("id", "scoring_uri", "openapi_uri", "provisioning_state", "location", "identity", "kind")
        fields.accept("creation_context", "batchstudio")
        try fields.finish(valueProblems: draft.problems())
        return draft
    }

    /// Azure's ways to authenticate callers, of which batch endpoints have one.
    private enum AuthMode: String, CaseIterable {
        case aadToken = "aad_token"
    }
}
