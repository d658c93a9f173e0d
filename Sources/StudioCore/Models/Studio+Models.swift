package import BatchDomain
package import BatchManifest
import BatchWorkers
import BatchWorkspace
import Foundation

extension Studio {
    /// The model that a reference means.
    package func model(_ reference: AssetReference) async throws -> Model { try await workspace.model(reference) }

    /// All versions of all models, by name, the newest first.
    package func modelVersions() async throws -> [Model] { try await workspace.modelVersions() }

    /// The latest version of every model, or all versions of one.
    package func models(named name: String? = nil, _ visibility: Visibility = .active) async throws -> [Model] {
        try await workspace.models(named: name, visibility)
    }

    /// Registers a model from its YAML: copies it into the workspace as a new version of its name.
    ///
    /// A model that MLflow keeps is downloaded first. Loading a model runs code that is in it.
    ///
    /// - Parameters:
    ///   - manifest: The model's YAML; its `path` is a folder, a file, or the URI of a model that MLflow keeps.
    ///   - source: Where the model comes from, as the user typed it; nil for the manifest's path.
    ///   - labels: Tags that replace those of the manifest.
    ///   - tracking: Where MLflow keeps models, as typed; nil for `MLFLOW_TRACKING_URI` or what is in the current folder.
    ///   - report: Receives the steps that take time.
    /// - Returns: The registered version.
    /// - Throws: ``ValidationError`` with everything that is wrong; ``StudioError`` when it can't be downloaded or copied.
    package func registerModel(
        _ manifest: YAMLDocument,
        source: String? = nil,
        labels: [String: String] = [:],
        tracking: String? = nil,
        report: @escaping Report = { _ in }
    ) async throws -> Model {
        guard let uri = manifest.text(at: "path"), TrackedModel.isURI(uri) else {
            return try await register(manifest, source: source, labels: labels)
        }
        try workspace.checkWritable()
        // Before the download, which takes time.
        try ModelManifest.check(manifest)
        let copy = folder.modelDownload
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        let local = try await Self.modelTracking(tracking, for: caller, report: report).download(uri, to: copy)
        return try await register(manifest.setting(path: "path", text: local), source: uri, labels: labels)
    }

    /// Registers a model from a form's values.
    package func registerModel(_ draft: ModelDraft, report: @escaping Report = { _ in }) async throws -> Model {
        let manifest = ModelManifest.document(of: draft, in: caller.currentDirectory)
        return try await registerModel(manifest, source: draft.path, report: report)
    }

    private func register(_ manifest: YAMLDocument, source: String?, labels: [String: String]) async throws -> Model {
        var registration = try ModelManifest.read(manifest)
        registration.tags.merge(labels) { _, label in label }
        if let source { registration.source = source }
        return try await workspace.register(registration)
    }

    /// The models that MLflow keeps: registered ones, and those that runs have logged.
    ///
    /// - Parameters:
    ///   - tracking: Where, as typed; nil for `MLFLOW_TRACKING_URI` or what is in the current folder.
    ///   - caller: The environment and the current folder.
    ///   - report: Receives the steps that take time.
    /// - Returns: The models.
    /// - Throws: ``StudioError`` when there is no such place, or MLflow can't read it.
    package static func trackedModels(
        in tracking: String? = nil,
        for caller: Caller,
        report: @escaping Report = { _ in }
    ) async throws -> [TrackedModel] {
        try await modelTracking(tracking, for: caller, report: report).models()
    }

    /// Changes a model's description, tags and properties.
    package func updateModel(
        _ reference: AssetReference,
        _ change: (Model) throws -> AssetLabels
    ) async throws -> Model {
        try await update {
            let old = try await workspace.model(reference)
            return try await workspace.relabel(model: AssetReference(old.id), change(old))
        }
    }

    /// Copies a model's files to a folder, below one with the model's name.
    ///
    /// - Parameters:
    ///   - reference: The model.
    ///   - target: The folder, as typed.
    ///   - overwrites: Whether files in the folder are replaced; a file with the same bytes is left as it is.
    /// - Returns: The paths of the copies.
    /// - Throws: ``StudioError`` when the model's files no longer exist, and before anything is copied when another file has the
    ///   name of a copy.
    package func downloadModel(
        _ reference: AssetReference,
        to target: String,
        overwrites: Bool = false
    ) async throws -> [String] {
        let model = try await workspace.model(reference)
        var copy = FileDownload(to: caller.absolute(target), overwrites: overwrites)
        copy.add(try OutputListing(at: model.path), under: model.name)
        if copy.isEmpty {
            throw StudioError(
                .notFound,
                "The files of model '\(model.name)' version \(model.version) are gone: there is nothing at \(model.path).",
                advice: "Register the model again with: batchstudio model create --name \(model.name) --path FOLDER",
                inStudio: "Register the model again."
            )
        }
        return try copy.run()
    }

    private static func modelTracking(
        _ named: String?,
        for caller: Caller,
        report: @escaping Report
    ) throws -> ModelTracking {
        let place = try TrackingPlace(named: named, variables: caller.environment, folder: caller.currentDirectory)
        return ModelTracking(place, variables: caller.environment, report: report)
    }
}
