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
        let draft = EndpointDraft(
            name: fields.requiredText("name", example: NameRule.endpoint.example),
            description: fields.text("description"),
            tags: fields.labels("tags"),
            properties: fields.labels("properties"),
            defaultDeployment: fields.text("defaults.deployment_name")
        )
        if let mode = fields.text("auth_mode"), mode.lowercased() != "aad_token" {
            fields.report("auth_mode", value: mode, rule: "must be aad_token, the only way in", example: "aad_token")
        }
        fields.accept("id", "scoring_uri", "openapi_uri", "provisioning_state", "location", "identity", "kind")
        fields.accept("creation_context")
        try fields.finish(valueProblems: draft.problems())
        return draft
    }
}
