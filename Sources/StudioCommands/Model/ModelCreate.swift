import ArgumentParser
import BatchDomain
import BatchManifest
import BatchWorkers
import BatchWorkspace
import Foundation

/// Carries out `batchstudio model create`.
struct ModelCreate: StudioCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Register a model: copy it into the workspace, as a new version of its name.",
        discussion: "Example: batchstudio model create --name wine --type mlflow_model --path ./model"
    )

    @Option(name: [.short, .long], help: "The model's name.")
    var name: String?

    @Option(name: [.short, .long], help: "The version; without one, one more than the highest so far.")
    var version: String?

    @Option(
        name: [.short, .long],
        help:
            "mlflow_model, custom_model or triton_model; without one, a folder with an MLmodel file is an mlflow_model.",
        completion: .list(["mlflow_model", "custom_model", "triton_model"])
    )
    var type: String?

    @Option(
        name: [.short, .long],
        help:
            "The model's folder or file, or a model that MLflow keeps: runs:/ID/model, models:/NAME/VERSION, models:/NAME@ALIAS.",
        completion: .directory
    )
    var path: String?

    @OptionGroup var tracking: TrackingOptions

    @Option(help: "What it is for.")
    var description: String?

    @Option(parsing: .upToNextOption, help: "Labels: KEY=VALUE.")
    var tags: [String] = []

    @Option(help: .azureOnly)
    var stage: String?

    @Option(help: .azureOnly)
    var datastore: String?

    @OptionGroup var source: FileOptions
    @OptionGroup(title: "Options of every command") var global: GlobalOptions

    func run(in session: Session) async throws {
        var document = try source.document(
            in: session,
            flags: [
                "name": name, "version": version, "type": type,
                "path": path.map { TrackedModel.isURI($0) ? $0 : source.path($0, in: session) ?? $0 },
                "description": description,
            ]
        )
        let labels = try Assignment.labels(tags, flag: "--tags")
        let workspace = try await session.openWorkspace()
        let uri = document.root["path"]?.text.flatMap { TrackedModel.isURI($0) ? $0 : nil }
        let folder = workspace.folder.models + "/.partial-tracking-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        if let uri {
            try workspace.checkWritable()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let local = try await tracking.models(in: session).download(uri, to: folder)
            document = try document.setting(path: "path", text: local)
        }
        var registration = try ModelManifest.read(document)
        registration.tags.merge(labels) { _, flag in flag }
        if let source = uri ?? path { registration.source = source }
        let model = try await workspace.register(registration)
        session.note("Loading a model runs code that is in it: register only models that you trust.")
        for note in model.mlflow?.environments.first?.notes ?? [] { session.warn(note) }
        try session.answer(Output(model))
    }
}
