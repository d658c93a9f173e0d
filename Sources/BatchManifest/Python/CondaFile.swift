package import BatchDomain

/// A conda file: the Python, and packages as pip can install them.
package struct CondaFile: Equatable, Sendable {
    /// The environment's own name.
    package var name: String?
    /// The Python asked for.
    package var pythonVersion: String?
    /// Conda's own packages in pip's words, then those of its `pip:` list.
    package var requirements: [String]
    /// What pip can't install or does not understand, as written.
    package var ignored: [String]

    /// Reads a conda file's text; requirement files that it names are read beside it.
    ///
    /// - Throws: ``ValidationError`` with the places where it is no conda file.
    package static func read(text: String, file: String) throws(ValidationError) -> CondaFile {
        let document = try YAMLDocument(text: text, file: file)
        return try read(document.root, file: file, folder: document.folder)
    }

    /// Reads a conda file that stands in another file.
    static func read(_ node: YAMLNode, file: String, folder: String) throws(ValidationError) -> CondaFile {
        guard node.entries != nil, node["dependencies"]?.elements != nil || node["dependencies"]?.isNull != false else {
            let wrong = node.entries == nil ? node : node["dependencies"] ?? node
            throw ValidationError(
                Problem(
                    field: "the conda file",
                    rule: "must be a mapping with a list of 'dependencies', but \(wrong.noun) is there",
                    example: "dependencies: [python=3.11, pip, {pip: [pandas==2.2.3]}]",
                    location: wrong.location ?? SourceLocation(file: file, line: 1)
                )
            )
        }
        var conda = CondaFile(name: node["name"]?.text, pythonVersion: nil, requirements: [], ignored: [])
        var listed: [String] = []
        for dependency in node["dependencies"]?.elements ?? [] {
            if let text = dependency.text {
                conda.add(CondaSpecification(text))
            } else if let list = dependency["pip"]?.elements {
                listed += list.compactMap(\.text)
            } else if !dependency.isNull {
                conda.ignored.append(dependency.inline)
            }
        }
        let pip = PipRequirements.read(lines: listed, folder: folder)
        conda.requirements += pip.requirements
        conda.ignored += pip.ignored
        return conda
    }

    /// The environment that the file describes.
    package func source(named file: String) -> EnvironmentSource {
        EnvironmentSource(file: file, pythonVersion: pythonVersion, requirements: requirements, ignored: ignored)
    }

    private mutating func add(_ specification: CondaSpecification) {
        switch specification.meaning {
        case .python(let version): pythonVersion = version ?? pythonVersion
        case .requirement(let requirement): requirements.append(requirement)
        case .installer: break
        case .condaOnly: ignored.append(specification.text)
        }
    }
}
