package import BatchDomain

/// `az ml job create -f`: the YAML of a batch scoring job, as `job show -o yaml` prints it.
package enum JobManifest {
    /// Reads a job; a given name replaces the file's.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong; for jobs of another kind, with the reason alone.
    package static func read(_ document: YAMLDocument, name: String? = nil) throws(ValidationError) -> Invocation {
        var fields = try ManifestFields(document, noun: "batch scoring job")
        return try read(&fields, name: name)
    }

    static func read(_ fields: inout ManifestFields, name: String? = nil) throws(ValidationError) -> Invocation {
        if let problem = otherKind(fields) { throw ValidationError(problem) }
        let old = fields.text("name")
        var invocation = Invocation(
            endpointName: fields.requiredText(
                "endpoint_name",
                as: .name(.endpoint),
                example: NameRule.endpoint.example
            ),
            deploymentName: fields.text("deployment_name"),
            input: .local(""),
            jobName: name ?? old,
            displayName: fields.text("display_name"),
            experimentName: fields.text("experiment_name"),
            description: fields.text("description") ?? "",
            tags: fields.labels("tags") ?? [:],
            overrides: fields.settings(under: "settings.")
        )
        var manifest = InvocationManifest()
        manifest.read(&fields)
        fields.require("inputs")
        if let input = manifest.input {
            invocation.input = input
        } else if fields.value(at: "inputs") == nil {
            fields.report("inputs", rule: "must be given", example: "{input: {path: azureml:wine-unlabeled@latest}}")
        }
        invocation.inputKind = manifest.inputKind
        invocation.isNewOnly = manifest.isNewOnly
        // The folder that was named by the job of the file becomes the one that is named by the new job.
        if manifest.output?.path != old.map({ $0 + "/score" }) { invocation.output = manifest.output }
        invocation.overrides.outputFileName = manifest.outputFileName ?? invocation.overrides.outputFileName
        invocation.hooks = manifest.hooks
        for key in [
            "id", "type", "status", "model", "compute", "counts", "cause", "start_time", "end_time", "creation_context",
            "services", "batchstudio", "properties",
        ] { fields.accept(key) }
        try fields.finish()
        return invocation
    }

    /// The refusal of a job that is Azure's and not a batch endpoint's.
    private static func otherKind(_ fields: ManifestFields) -> Problem? {
        let schema = fields.value(at: "$schema")?.text ?? ""
        let kind = fields.value(at: "type")?.text?.lowercased() ?? ""
        let kinds = ["command", "sweep", "pipeline", "parallel", "spark", "automl", "import", "finetuning"]
        let isOurs = fields.value(at: "endpoint_name") != nil
        let named = kinds.first { kind == $0 || schema.lowercased().contains("/\($0)job.") }
        guard let named, !isOurs else { return nil }
        let article = "aeiou".contains(named.prefix(1)) ? "an" : "a"
        return Problem(
            field: "type",
            value: named,
            rule:
                "makes \(article) \(named) job, which batchstudio does not run: it runs the batch scoring jobs of endpoints, "
                + "which batch-endpoint invoke starts",
            location: fields.location("type")
        )
    }
}
