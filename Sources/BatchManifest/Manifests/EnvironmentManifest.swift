package import BatchDomain

/// `az ml environment create -f`: the YAML of an environment.
package enum EnvironmentManifest {
    /// Reads an environment from text.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(text: String, file: String) throws(ValidationError) -> EnvironmentRegistration {
        try read(YAMLDocument(text: text, file: file))
    }

    /// Reads an environment and its conda file, be it named or written in place.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(_ document: YAMLDocument) throws(ValidationError) -> EnvironmentRegistration {
        var fields = try ManifestFields(document, noun: "environment")
        return try read(&fields)
    }

    static func read(_ fields: inout ManifestFields) throws(ValidationError) -> EnvironmentRegistration {
        let registration = fields.environment(under: "", fallbackName: nil)
        fields.accept("id", "creation_context")
        try fields.finish(valueProblems: NameRule.environment.problems(in: registration?.name ?? ""))
        guard let registration else { throw ValidationError(fields.problems) }
        return registration
    }

    /// The YAML of a draft, whose path starts from a folder: a form's values are validated as a file's are.
    package static func document(of draft: EnvironmentDraft, in folder: String) -> YAMLDocument {
        YAMLDocument(
            .mapping([
                .init("name", .string(draft.name)), .init("version", ManifestValue(draft.version)),
                .init("conda_file", .string(draft.file)), .init("description", .string(draft.description)),
                .init("tags", ManifestValue(draft.tags)),
            ]),
            folder: folder
        )
    }
}

extension ManifestFields {
    /// An environment's keys, at the top of a file or under another key.
    mutating func environment(under prefix: String, fallbackName: String?) -> EnvironmentRegistration? {
        let name = name(under: prefix, fallback: fallbackName, rule: .environment)
        let version = version(under: prefix)
        let description = text(prefix + "description") ?? ""
        let tags = labels(prefix + "tags") ?? [:]
        let image = text(prefix + "image")
        let packages = packages(prefix + "conda_file")
        let build = node(prefix + "build", as: .mapping)
        requireOne(of: [prefix + "conda_file", prefix + "image"])
        for key in ["properties", "os_type", "inference_config", "datastore"] { accept(prefix + key) }
        let isThere = prefix.isEmpty || value(at: String(prefix.dropLast()))?.entries != nil
        if isThere, image == nil, value(at: prefix + "conda_file") == nil {
            report(
                build == nil ? prefix + "conda_file" : prefix + "build",
                rule: build == nil
                    ? "must be given: it says which Python packages the scoring code needs"
                    : "asks for a container, which is not built on this machine: give conda_file instead",
                example: "./conda.yaml"
            )
        }
        return EnvironmentRegistration(
            name: name,
            version: version,
            description: description,
            tags: tags,
            image: image,
            condaFile: packages?.condaFile,
            source: packages?.source
        )
    }

    /// A conda file or a `.txt` file of pip requirements, named by its path, or a conda file written in place.
    private mutating func packages(_ path: String) -> (condaFile: String?, source: EnvironmentSource)? {
        guard let node = node(path, as: .fileOrContent) else { return nil }
        do {
            if let file = node.text {
                let absolute = document.absolute(file)
                let text = try TextFile.read(absolute)
                if file.hasSuffix(".txt") {
                    let read = PipRequirements.read(text: text, file: absolute)
                    let source = EnvironmentSource(
                        file: FilePaths.name(of: file),
                        pythonVersion: nil,
                        requirements: read.requirements,
                        constraints: read.constraints,
                        leftOut: read.leftOut
                    )
                    return (nil, source)
                }
                return (text, try CondaFile.read(text: text, file: absolute).source(named: FilePaths.name(of: file)))
            }
            let text = ManifestValue(node).yaml
            let conda = try CondaFile.read(node, file: document.file ?? "the command line", folder: document.folder)
            return (text, conda.source(named: "conda.yaml"))
        } catch let error as StudioError {
            report(path, value: node.text, rule: "must be a conda file. \(error.inSentence)")
        } catch let error as ValidationError {
            for problem in error.problems { add(problem) }
        } catch {
            report(path, rule: "can't be read: \(error)")
        }
        return nil
    }
}
