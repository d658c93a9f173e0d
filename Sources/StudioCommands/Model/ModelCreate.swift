import ArgumentParser
import BatchDomain
import BatchManifest
import Foundation
import Logging
import StudioCore

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
        let document = try source.document(
            in: session,
            flags: [
                "name": name, "version": version, "type": type,
                "path": path.map { TrackedModel.isURI($0) ? $0 : source.path($0, in: session) ?? $0 },
                "description": description,
            ]
        )
        var labels: [String: String] = [:]
        try Problems.collected { problems in
            problems.attempt { labels = try Assignment.labels(tags, flag: "--tags") }
            // Without a problem of the flags, the registration finds those of the YAML.
            if problems.isEmpty { return }
            problems.attempt { try ModelManifest.check(document) }
        }
        let model = try await session.openStudio().registerModel(
            document,
            source: path,
            labels: labels,
            tracking: tracking.trackingURI
        ) { session.logger.info("\($0)") }
        session.note("Loading a model runs code that is in it: register only models that you trust.")
        for note in model.mlflow?.environments.first?.notes ?? [] { session.warn(note) }
        try session.answer(ModelNoun.output(model))
    }
}
