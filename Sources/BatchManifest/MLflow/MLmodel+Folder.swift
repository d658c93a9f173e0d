package import BatchDomain
import FoundationEssentials

extension MLmodel {
    /// Reads a model's folder: its `MLmodel` file and the environments that its other files describe.
    ///
    /// - Throws: ``StudioError`` when there is no such folder or file, or it can't be scored as a Python function.
    package static func read(folder: String) throws(StudioError) -> MLflowModel {
        let folder = folder.normalizedPath(in: FilePaths.currentFolder)
        guard FilePaths.exists(folder) else {
            throw StudioError(.file, "There is no folder '\(folder)'.", advice: "Check the path of the model.")
        }
        guard FilePaths.isFolder(folder) else {
            throw StudioError(
                .file,
                "'\(folder)' is a file, but an MLflow model is a folder with a file 'MLmodel' in it.",
                advice: FilePaths.name(of: folder) == "MLmodel"
                    ? "Name the folder: \(FilePaths.parent(of: folder))" : "Register it as custom_model instead."
            )
        }
        let file = folder + "/MLmodel"
        guard FilePaths.isFile(file) else { throw missingFile(in: folder) }
        let root = try root(of: try TextFile.read(file, inside: folder), file: file)
        var model = try read(root, file: file)
        guard model.isPythonFunction else {
            let flavors = model.flavors.map(\.name).joined(separator: ", ")
            throw StudioError(
                .file,
                "The model in '\(folder)' has no python_function flavor, only \(flavors): MLflow can't load it in Python.",
                advice: "Save it with a Python flavor, or register it as custom_model with a scoring script."
            )
        }
        try checkParts(root["flavors"]?["python_function"], of: folder)
        model.environments = try ModelEnvironments(folder: folder, named: root["flavors"]?["python_function"]?["env"])
            .sources(pythonVersion: model.pythonVersion)
        return model
    }

    /// Checks that all is there that MLflow loads by, in the forms of MLflow 1 to 3.
    private static func checkParts(_ flavor: YAMLNode?, of folder: String) throws(StudioError) {
        var missing: [String] = []
        if flavor?["loader_module"]?.text == nil { missing.append("the 'loader_module' of its python_function flavor") }
        for key in ["data", "code", "model_path"] {
            guard let path = flavor?[key]?.text, !path.isEmpty else { continue }
            if !FilePaths.exists(folder + "/" + path) { missing.append("its '\(key)', \(path)") }
        }
        if missing.isEmpty { return }
        throw StudioError(
            .file,
            "The model in '\(folder)' is not whole: \(missing.joined(separator: " and ")) is missing.",
            advice: "Copy the whole folder that MLflow wrote, or save the model again."
        )
    }

    private static func missingFile(in folder: String) -> StudioError {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        if let inner = names.first(where: { FilePaths.isFile("\(folder)/\($0)/MLmodel") }) {
            return StudioError(
                .file,
                "The folder '\(folder)' has no file 'MLmodel', but its subfolder '\(inner)' has one.",
                advice: "Name that folder: \(folder)/\(inner)"
            )
        }
        let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
        let rest = names.count > 8 ? " and \(names.count - 8) more" : ""
        return StudioError(
            .file,
            "The folder '\(folder)' has no file 'MLmodel', so it is no MLflow model. "
                + (names.isEmpty ? "It is empty." : "It holds \(shown)\(rest)."),
            advice: "Name the folder that MLflow wrote, or register this one as custom_model."
        )
    }
}
