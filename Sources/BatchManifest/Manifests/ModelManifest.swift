package import BatchDomain

/// `az ml model create -f`: the YAML of a model.
package enum ModelManifest {
    /// Reads a model from text.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(text: String, file: String) throws(ValidationError) -> ModelRegistration {
        try read(YAMLDocument(text: text, file: file))
    }

    /// Reads a model, and the `MLmodel` file of an MLflow model; without a type, that file makes it one.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(_ document: YAMLDocument) throws(ValidationError) -> ModelRegistration {
        var fields = try ManifestFields(document, noun: "model")
        return try read(&fields)
    }

    static func read(_ fields: inout ManifestFields) throws(ValidationError) -> ModelRegistration {
        let registration = fields.inlineModel(under: "", fallbackName: nil)
        fields.accept("id", "creation_context", "source", "size_in_bytes")
        // Of a model without a usable path too, so that all problems are reported at once.
        try fields.finish(valueProblems: NameRule.model.problems(in: fields.document.text(at: "name") ?? ""))
        guard let registration else { throw ValidationError(fields.problems) }
        return registration
    }

    /// Checks a model's YAML; the path to a model that MLflow keeps is not followed.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func check(_ document: YAMLDocument) throws(ValidationError) {
        do {
            _ = try read(document)
        } catch {
            let isTracked = document.text(at: "path").map(TrackedModel.isURI) ?? false
            try ValidationError.throwIfAny(error.problems.filter { !isTracked || $0.field != "path" })
        }
    }

    /// The YAML of a draft, whose path starts from a folder: a form's values are validated as a file's are.
    package static func document(of draft: ModelDraft, in folder: String) -> YAMLDocument {
        YAMLDocument(
            .mapping([
                .init("name", .string(draft.name)), .init("version", ManifestValue(draft.version)),
                .init("type", ManifestValue(draft.kind?.rawValue)), .init("path", .string(draft.path)),
                .init("description", .string(draft.description)), .init("tags", ManifestValue(draft.tags)),
            ]),
            folder: folder
        )
    }
}

extension ManifestFields {
    /// A model's keys, at the top of a file or under another key.
    mutating func inlineModel(under prefix: String, fallbackName: String?) -> ModelRegistration? {
        let name = name(under: prefix, fallback: fallbackName, rule: .model)
        let version = version(under: prefix)
        let kind = choice(prefix + "type", of: Model.Kind.self, example: .mlflow)
        let description = text(prefix + "description") ?? ""
        let tags = labels(prefix + "tags") ?? [:]
        let properties = labels(prefix + "properties") ?? [:]
        for key in ["stage", "flavors", "datastore", "utc_time_created", "job_name"] { accept(prefix + key) }
        let paths = [prefix + "path", prefix + "local_path"]
        let texts = paths.map { text($0) }
        requireOne(of: paths)
        guard let index = texts.firstIndex(where: { $0 != nil }), let text = texts[index] else {
            let isThere = prefix.isEmpty || value(at: String(prefix.dropLast()))?.entries != nil
            if isThere, paths.allSatisfy({ value(at: $0) == nil }) {
                report(prefix + "path", rule: "must be given", example: "./model")
            }
            return nil
        }
        var registration = modelRegistration(name: name, kind: kind, pathField: paths[index], pathText: text)
        registration?.version = version
        registration?.description = description
        registration?.tags = tags
        registration?.properties = properties
        return registration
    }

    /// A model in a folder or file of this machine.
    mutating func modelRegistration(
        name: String,
        kind: Model.Kind?,
        pathField: String,
        pathText: String
    ) -> ModelRegistration? {
        guard case .local(let local)? = try? DataReference(pathText, field: pathField) else {
            report(pathField, value: pathText, rule: "must be a folder or file of this machine", example: "./model")
            return nil
        }
        let path = document.absolute(local)
        guard FilePaths.exists(path) else {
            report(pathField, value: pathText, rule: "must be a folder or file, but there is no \(path)")
            return nil
        }
        let kind = kind ?? (FilePaths.isFile(path + "/MLmodel") ? .mlflow : .custom)
        var registration = ModelRegistration(name: name, kind: kind, path: path, source: pathText)
        if kind == .mlflow {
            do {
                registration.mlflow = try MLmodel.read(folder: path)
            } catch {
                report(pathField, value: pathText, rule: "is not a model that MLflow can load. \(error.inSentence)")
            }
        }
        return registration
    }
}
