package import BatchDomain

/// `az ml data create -f`: the YAML of a data asset.
package enum DataManifest {
    /// Reads a data asset from text.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(text: String, file: String) throws(ValidationError) -> DataRegistration {
        try read(YAMLDocument(text: text, file: file))
    }

    /// Reads a data asset; a local path becomes absolute.
    ///
    /// - Parameters:
    ///   - document: The YAML.
    ///   - requiresData: Whether there must be something at a local path.
    /// - Returns: The asset to register.
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(
        _ document: YAMLDocument,
        requiresData: Bool = false
    ) throws(ValidationError) -> DataRegistration {
        var fields = try ManifestFields(document, noun: "data asset")
        return try read(&fields, requiresData: requiresData)
    }

    static func read(
        _ fields: inout ManifestFields,
        requiresData: Bool = false
    ) throws(ValidationError) -> DataRegistration {
        let name = fields.name(under: "", fallback: nil, rule: .data)
        let version = fields.version(under: "")
        let kind = fields.dataKind("type") ?? .folder
        let description = fields.text("description") ?? ""
        let tags = fields.labels("tags") ?? [:]
        let path = fields.dataPath(requiresData: requiresData)
        fields.accept("properties", "id", "creation_context", "datastore", "table")
        try fields.finish(valueProblems: NameRule.data.problems(in: name))
        guard let path else { throw ValidationError(fields.problems) }
        return DataRegistration(
            name: name,
            version: version,
            kind: kind,
            description: description,
            tags: tags,
            path: path
        )
    }
}

extension ManifestFields {
    /// The type of a data asset, as a field has it.
    mutating func dataKind(_ path: String) -> DataAsset.Kind? {
        choice(path, of: DataAsset.Kind.self, rule: "must be uri_folder, uri_file or mltable", example: .folder)
    }

    fileprivate mutating func dataPath(requiresData: Bool) -> DataReference? {
        let given = text("path")
        let old = text("local_path")
        requireOne(of: ["path", "local_path"])
        guard let text = given ?? old else {
            if value(at: "path") == nil { report("path", rule: "must be given", example: "./data") }
            return nil
        }
        let field = given == nil ? "local_path" : "path"
        switch attempt(field, { () throws(Problem) in try DataReference(text, field: field) }) {
        case .local(let path):
            let absolute = document.absolute(path)
            if requiresData, !FilePaths.exists(absolute) {
                report(field, value: absolute, rule: DataRegistration.missing(absolute).rule)
            }
            return .local(absolute)
        case .asset:
            let problem = DataRegistration.notAPlace(text, field: field)
            report(field, value: text, rule: problem.rule, example: problem.example)
            return nil
        case let reference: return reference
        }
    }
}
