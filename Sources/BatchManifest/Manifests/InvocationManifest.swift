package import BatchDomain

/// `az ml batch-endpoint invoke --file`: the YAML of a job's input, output and settings.
package struct InvocationManifest: Equatable, Sendable {
    /// The input; a local path is absolute.
    package var input: DataReference?
    /// A file or a folder.
    package var inputKind: DataAsset.Kind?
    /// True when files are left out that were scored before; nil where that is not given.
    package var isNewOnly: Bool?
    /// The folder for the output.
    package var output: DatastorePath?
    /// The file in it, where the output's type is `uri_file`.
    package var outputFileName: String?
    /// Settings in place of the deployment's.
    package var overrides = SettingsOverrides()
    /// What happens when the job has ended.
    package var hooks: [JobHook]?

    /// Says nothing.
    package init() {}

    /// Reads the one input and the one output that a batch scoring job has, whose names say nothing as in Azure, and settings.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(_ document: YAMLDocument) throws(ValidationError) -> InvocationManifest {
        var fields = try ManifestFields(document, noun: "batch job")
        return try read(&fields)
    }

    static func read(_ fields: inout ManifestFields) throws(ValidationError) -> InvocationManifest {
        var manifest = InvocationManifest()
        manifest.read(&fields)
        manifest.overrides = fields.settings(under: "settings.")
        try fields.finish()
        return manifest
    }

    /// Reads `inputs`, `outputs` and hooks.
    mutating func read(_ fields: inout ManifestFields) {
        if let name = fields.onlyName(in: "inputs") { readInput("inputs.\(name)", &fields) }
        if let name = fields.onlyName(in: "outputs") { readOutput("outputs.\(name)", &fields) }
        hooks = fields.hooks()
    }

    private mutating func readInput(_ place: String, _ fields: inout ManifestFields) {
        inputKind = fields.dataKind(place + ".type")
        isNewOnly = fields.flag(place + ".new_only")
        let field = place + ".path"
        let text = fields.requiredText(field, example: "azureml:wine-unlabeled@latest")
        if text.isEmpty { return }
        input = fields.attempt(field) { () throws(Problem) in try DataReference(text, field: field) }
        if case .local(let path) = input { input = .local(fields.document.absolute(path)) }
    }

    private mutating func readOutput(_ place: String, _ fields: inout ManifestFields) {
        let kind = fields.dataKind(place + ".type")
        let field = place + ".path"
        guard let text = fields.text(field) else { return }
        output = fields.attempt(field) { () throws(Problem) in try DatastorePath(text, field: field) }
        // Azure names the file itself for uri_file, and the folder for uri_folder.
        guard kind == .file, let path = output?.path.split(separator: "/"), let name = path.last else { return }
        outputFileName = String(name)
        output?.path = path.dropLast().joined(separator: "/")
    }
}

extension ManifestFields {
    /// The name of the only thing under a key; nil when there is none.
    fileprivate mutating func onlyName(in key: String) -> String? {
        let node = node(key, as: .mapping)
        if let node, node.entries == nil, !node.isNull {
            accept(key)
            report(key, rule: "must be a mapping with one entry, but it is \(node.noun)", example: "score: {path: …}")
        }
        let names = node?.entries?.map(\.key) ?? []
        if names.count > 1 {
            accept(key)
            report(key, rule: "must have one entry: a batch scoring job has one input and one output", example: "score")
        }
        return names.first
    }
}
