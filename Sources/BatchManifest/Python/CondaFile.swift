package import BatchDomain

/// A conda file: the Python, and packages as pip can install them.
package struct CondaFile: Equatable, Sendable {
    /// The environment's own name.
    package var name: String?
    /// The Python asked for.
    package var pythonVersion: String?
    /// Conda's own packages in pip's words, then those of its `pip:` list.
    package var requirements: [String]
    /// Versions that bound what is installed, from the files named with `-c`.
    package var constraints: [String] = []
    /// Lines that are not carried out.
    package var leftOut: [LeftOutLine]

    /// Reads a conda file's text; requirement files that it names are read beside it.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The file's path.
    ///   - model: The model's folder, whose files may be installed; nil where no files are kept with the text.
    /// - Returns: What the file asks for.
    /// - Throws: ``ValidationError`` with the places where it is no conda file.
    package static func read(
        text: String,
        file: String,
        model: String? = nil
    ) throws(ValidationError) -> CondaFile {
        let document = try YAMLDocument(text: text, file: file)
        return try read(document.root, file: file, folder: document.folder, model: model)
    }

    /// Returns whether a mapping is a conda file without dependencies; another file is not one.
    private static func isEmpty(_ node: YAMLNode, _ keys: [String]) -> Bool {
        guard let dependencies = node["dependencies"] else {
            return keys.allSatisfy { ["name", "channels", "prefix"].contains($0) }
        }
        return dependencies.isNull
    }

    /// Reads a conda file that stands in another file.
    static func read(
        _ node: YAMLNode,
        file: String,
        folder: String,
        model: String? = nil
    ) throws(ValidationError) -> CondaFile {
        guard let keys = node.entries?.map(\.key), node["dependencies"]?.elements != nil || isEmpty(node, keys) else {
            let wrong = node.entries == nil ? node : node["dependencies"] ?? node
            let found = node.entries != nil && node["dependencies"] == nil ? "it has none" : "\(wrong.noun) is there"
            throw ValidationError(
                Problem(
                    field: "the conda file",
                    rule: "must be a mapping with a list of 'dependencies', but \(found)",
                    example: "dependencies: [python=3.11, pip, {pip: [pandas==2.2.3]}]",
                    location: wrong.location ?? SourceLocation(file: file, line: 1)
                )
            )
        }
        var conda = CondaFile(name: node["name"]?.text, pythonVersion: nil, requirements: [], leftOut: [])
        var listed: [String] = []
        for dependency in node["dependencies"]?.elements ?? [] {
            if let text = dependency.text {
                conda.add(CondaSpecification(text))
            } else if let list = dependency["pip"]?.elements {
                listed += list.compactMap(\.text)
            } else if !dependency.isNull {
                conda.leftOut.append(LeftOutLine(dependency.inline, .malformed))
            }
        }
        let pip = PipRequirements.read(lines: listed, folder: folder, model: model)
        conda.requirements += pip.requirements
        conda.constraints = pip.constraints
        conda.leftOut += pip.leftOut
        return conda
    }

    /// The environment that the file describes.
    package func source(named file: String) -> EnvironmentSource {
        EnvironmentSource(
            file: file,
            pythonVersion: pythonVersion,
            requirements: requirements,
            constraints: constraints,
            leftOut: leftOut
        )
    }

    private mutating func add(_ specification: CondaSpecification) {
        switch specification.meaning {
        case .python(let version): pythonVersion = version ?? pythonVersion
        case .requirement(let requirement): requirements.append(requirement)
        case .installer: break
        case .condaOnly: leftOut.append(LeftOutLine(specification.text, .condaPackage))
        }
    }
}
