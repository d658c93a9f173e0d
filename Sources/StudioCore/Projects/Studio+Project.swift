import BatchDomain
import BatchManifest
import Foundation

extension Studio {
    /// Writes the YAML files of a project for an MLflow model, and their schemas; a file that exists stays as it is.
    ///
    /// - Returns: The files, and what was found for them.
    /// - Throws: ``StudioError`` when no model, or more than one, is found, or the model can't be scored.
    package static func createProject(_ draft: ProjectDraft, for caller: Caller) throws -> ProjectReport {
        let folder = caller.absolute(draft.folder)
        let model = try draft.model.map { caller.absolute($0) } ?? ModelSearch(folder: folder).only()
        _ = try MLmodel.read(folder: model)
        let data = draft.data.map { caller.absolute($0) } ?? usualData(in: folder)
        var isFolder = ObjCBool(true)
        let hasData = FileManager.default.fileExists(atPath: data, isDirectory: &isFolder)
        let files = ProjectFiles(
            base: base(model: model, folder: folder),
            modelPath: path(model, from: folder),
            dataPath: path(data, from: folder),
            isOneFile: hasData && !isFolder.boolValue,
            schemas: ManifestKind.projectSchemas
        )
        var parts: [ProjectReport.Part] = []
        for file in files.all {
            _ = try file.kind.writeSchema(into: "\(folder)/\(ManifestKind.projectSchemas)")
            let path = "\(folder)/\(file.name)"
            parts.append(ProjectReport.Part(path: path, isNew: try create(path, file.text)))
        }
        return ProjectReport(model: model, parts: parts, endpoint: files.endpoint, data: files.data, hasData: hasData)
    }

    /// The folder with a usual name that is there; else the first of them.
    private static func usualData(in folder: String) -> String {
        let usual = ["data", "input", "inputs", "unlabeled"].map { "\(folder)/\($0)" }
        return usual.first { FileManager.default.fileExists(atPath: $0) } ?? usual[0]
    }

    /// A name for the project by that of its model, or of its folder where the model's says nothing.
    private static func base(model: String, folder: String) -> String {
        let silent: Set<String> = ["model", "models", "mlflow_model", "mlmodel", "artifacts"]
        let name = { (path: String) in path.split(separator: "/").last.map(String.init) ?? "" }
        let words = silent.contains(name(model).lowercased()) ? name(folder) : name(model)
        let letters = words.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let parts = String(letters).split(separator: "-").joined(separator: "-").drop { !$0.isLetter }
        let base = parts.prefix(ProjectFiles.maxBase).reversed().drop { $0 == "-" }.reversed()
        return base.isEmpty ? "project" : String(base)
    }

    /// A path below the project's folder relative to it, every other path absolute.
    private static func path(_ path: String, from folder: String) -> String {
        if path == folder { return "." }
        return path.hasPrefix(folder + "/") ? "./" + path.dropFirst(folder.count + 1) : path
    }

    /// Writes a new file; false when there is one.
    private static func create(_ path: String, _ text: String) throws -> Bool {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
            return true
        } catch let error as CocoaError where error.code == .fileWriteFileExists {
            return false
        }
    }
}
