import BatchDomain

/// The environments that the files of an MLflow model describe, in the order in which they are tried.
///
/// Files that are named but missing are passed over: many published models name a conda file that they lack. Where one is there
/// under another of the usual names, it stands in.
struct ModelEnvironments {
    private let folder: String
    /// The conda file that the `MLmodel` file names.
    private let named: String?
    private let condaFile: String
    private let pythonEnvFile: String

    private static let usualNames = ["conda.yaml", "conda.yml", "environment.yml", "environment.yaml"]

    /// Takes the names of files from the flavor's `env`: a text in MLflow 1, a mapping since 2.
    init(folder: String, named env: YAMLNode?) {
        self.folder = folder
        named = env?.text ?? env?["conda"]?.text
        condaFile =
            ([named].compactMap { $0 } + Self.usualNames).first { Self.path(of: $0, in: folder) != nil } ?? "conda.yaml"
        pythonEnvFile = env?["virtualenv"]?.text ?? "python_env.yaml"
    }

    /// The sources; one that does not say its Python takes it from the one before, at last from the `MLmodel` file.
    func sources(pythonVersion: String?) throws(StudioError) -> [EnvironmentSource] {
        let sources = [try conda(), try pythonEnv(), try requirements()].compactMap { $0 }
        let python = sources.lazy.compactMap(\.pythonVersion).first ?? pythonVersion
        return sources.map { source in
            var source = source
            source.pythonVersion = source.pythonVersion ?? python
            return source
        }
    }

    private func conda() throws(StudioError) -> EnvironmentSource? {
        guard let text = try text(of: condaFile) else { return nil }
        do {
            let file = folder + "/" + condaFile
            var source = try CondaFile.read(text: text, file: file, model: folder).source(named: condaFile)
            if let named, named != condaFile { source.standsInFor = named }
            return source
        } catch {
            throw malformed(error)
        }
    }

    private func pythonEnv() throws(StudioError) -> EnvironmentSource? {
        guard let text = try text(of: pythonEnvFile) else { return nil }
        do {
            let file = folder + "/" + pythonEnvFile
            return try PythonEnvFile.read(text: text, file: file, model: folder).source(named: pythonEnvFile)
        } catch {
            throw malformed(error)
        }
    }

    private func requirements() throws(StudioError) -> EnvironmentSource? {
        let name = "requirements.txt"
        guard let text = try text(of: name) else { return nil }
        let pip = PipRequirements.read(text: text, file: folder + "/" + name, model: folder)
        return EnvironmentSource(
            file: name,
            pythonVersion: nil,
            requirements: pip.requirements,
            constraints: pip.constraints,
            leftOut: pip.leftOut
        )
    }

    private func text(of name: String) throws(StudioError) -> String? {
        guard let path = Self.path(of: name, in: folder) else { return nil }
        return try TextFile.read(path, inside: folder)
    }

    /// The file's path, where it is one of the model.
    private static func path(of name: String, in folder: String) -> String? {
        let path = name.normalizedPath(in: folder)
        return path.hasPrefix(folder + "/") && FilePaths.isFile(path) ? path : nil
    }

    private func malformed(_ error: ValidationError) -> StudioError {
        StudioError(.file, "\(error)", advice: "Fix the file, or save the model again with MLflow.")
    }
}
