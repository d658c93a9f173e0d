package import BatchDomain

/// MLflow's `python_env.yaml`: the Python, and the requirements that pip installs into it.
package struct PythonEnvFile: Equatable, Sendable {
    /// The Python asked for.
    package var pythonVersion: String?
    /// The packages that build others (pip, setuptools, wheel); the environment's builder has its own.
    package var buildDependencies: [String]
    /// The packages to install, those of files named with `-r` included.
    package var dependencies: PipRequirements

    /// Reads the file's text; requirement files that it names are read beside it.
    ///
    /// - Throws: ``ValidationError`` when it is not YAML or no mapping.
    package static func read(
        text: String,
        file: String,
        model: String? = nil
    ) throws(ValidationError) -> PythonEnvFile {
        let document = try YAMLDocument(text: text, file: file)
        guard document.root.entries != nil else {
            throw ValidationError(
                Problem(
                    field: "the file",
                    rule: "must be a mapping with 'python' and 'dependencies', but it is \(document.root.noun)",
                    location: document.root.location
                )
            )
        }
        func texts(_ key: String) -> [String] { (document.root[key]?.elements ?? []).compactMap(\.text) }
        return PythonEnvFile(
            pythonVersion: document.root["python"]?.text,
            buildDependencies: texts("build_dependencies"),
            dependencies: PipRequirements.read(lines: texts("dependencies"), folder: document.folder, model: model)
        )
    }

    /// The environment that the file describes.
    package func source(named file: String) -> EnvironmentSource {
        EnvironmentSource(
            file: file,
            pythonVersion: pythonVersion,
            requirements: dependencies.requirements,
            constraints: dependencies.constraints,
            leftOut: dependencies.leftOut
        )
    }
}
