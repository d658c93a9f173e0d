package import BatchDomain

/// The `MLTable` file of a folder: Azure's description of a table in files.
package enum MLTableManifest {
    /// The file's name in its folder.
    package static let fileName = "MLTable"

    /// Reads the `MLTable` file of a folder.
    ///
    /// - Parameter folder: The folder, or the file in it; absolute.
    /// - Returns: The table, frozen: what the file says, with absolute paths.
    /// - Throws: ``StudioError`` when there is no such file, ``ValidationError`` with everything that is wrong in it.
    package static func read(folder: String) throws -> MLTable {
        let isFile = FilePaths.name(of: folder) == fileName && FilePaths.isFile(folder)
        let file = isFile ? folder : folder + "/" + fileName
        guard FilePaths.isFile(file) else {
            throw StudioError(
                .file,
                "The folder '\(folder)' has no file '\(fileName)', so it is no mltable.",
                advice: "Name the folder that holds the file, or use the type uri_folder."
            )
        }
        return try read(YAMLDocument(readingFile: file))
    }

    /// Reads the `MLTable` file of a data asset that is registered with that type; nil for all others.
    ///
    /// - Parameters:
    ///   - registration: The data asset.
    ///   - isTyped: Whether its type was given; without one, a folder that holds a table is refused.
    ///   - place: Gives where data lies on this machine, absolute; nil for a remote address.
    /// - Returns: The table, frozen.
    /// - Throws: ``StudioError`` when there is no such file, ``ValidationError`` with everything that is wrong in it.
    package static func read(
        for registration: DataRegistration,
        isTyped: Bool = true,
        at place: (DataReference) async throws -> String?
    ) async throws -> MLTable? {
        if !isTyped, let folder = try await place(registration.path) { try refuseTable(in: folder, typedBy: "--type") }
        guard registration.kind == .table, let folder = try await place(registration.path) else { return nil }
        return try read(folder: folder)
    }

    /// Reads the `MLTable` file of a job's input of that type; nil for all others, and for assets, which have theirs.
    ///
    /// - Parameters:
    ///   - invocation: The job; without a type for its input, a folder that holds a table is refused.
    ///   - flag: Where the type is given, for the refusal.
    ///   - place: Gives where data lies on this machine, absolute; nil for a remote address.
    /// - Returns: The table, frozen.
    /// - Throws: ``StudioError`` when there is no such file, ``ValidationError`` with everything that is wrong in it.
    package static func read(
        for invocation: Invocation,
        typedBy flag: String = "--input-type",
        at place: (DataReference) async throws -> String?
    ) async throws -> MLTable? {
        if case .asset = invocation.input { return nil }
        guard invocation.inputKind == .table || invocation.inputKind == nil else { return nil }
        guard let folder = try await place(invocation.input) else { return nil }
        if invocation.inputKind == .table { return try read(folder: folder) }
        try refuseTable(in: folder, typedBy: flag)
        return nil
    }

    /// Refuses a folder that holds a table where nothing says whether the table or its files are meant, as Azure wants it said.
    private static func refuseTable(in folder: String, typedBy flag: String) throws(StudioError) {
        guard FilePaths.isFile(folder + "/" + fileName) else { return }
        throw StudioError(
            .file,
            "The folder '\(folder)' holds a file '\(fileName)', and no type is given.",
            advice: "Give \(flag) mltable to read it as a table, or \(flag) uri_folder for its files."
        )
    }

    /// Reads the file's text.
    ///
    /// - Throws: ``ValidationError`` with everything that is wrong.
    package static func read(text: String, file: String) throws(ValidationError) -> MLTable {
        try read(YAMLDocument(text: text, file: file))
    }

    static func read(_ document: YAMLDocument) throws(ValidationError) -> MLTable {
        var fields = try ManifestFields(document, noun: "table's MLTable file")
        if let type = fields.text("type"), type.lowercased() != "mltable" {
            fields.report("type", value: type, rule: "must be mltable", example: "mltable")
        }
        fields.accept("name", "version", "description", "tags", "metadata", "id")
        let paths = fields.tablePaths()
        var steps = MLTableSteps(isOneFile: paths?.isOneFile ?? false)
        if let node = fields.node("transformations", as: .mapping) {
            steps.read(node)
            for problem in steps.problems { fields.add(problem) }
        }
        try fields.finish(valueProblems: steps.options.problems()) { field in
            // The options' own rules speak of read options; here they came from transformations.
            "transformations" + field.dropFirst(Setting.readOptions.key.count)
        }
        guard let paths else { throw ValidationError(fields.problems) }
        return MLTable(root: paths.root, patterns: paths.patterns, readOptions: steps.options)
    }
}
