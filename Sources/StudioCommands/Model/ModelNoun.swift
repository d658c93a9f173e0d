import ArgumentParser
import BatchDomain
import BatchManifest
import Logging
import StudioCore

/// `batchstudio model …`.
enum ModelNoun: AssetNoun {
    static let command = "model"
    static let kind = AssetKind.model
    static let names = NamedThing.model
    static let title = "model"
    static let titleWithArticle = "a model"
    static let labels = ["description", "tags", "properties"]
    static let deletion = "Delete a version of a model that no deployment uses; jobs that it scored stay."
    static let columns = [
        TableColumn("Name", "name"), TableColumn("Version", "version"), TableColumn("Type", "type"),
        TableColumn("Created", "creation_context.created_at"), TableColumn("Description", "description"),
    ]

    static func id(of model: Model) -> AssetVersion { model.id }
    static func value(of model: Model) -> ManifestValue { ManifestValue(model) }

    static func assets(named name: String?, _ visibility: Visibility, in studio: Studio) async throws -> [Model] {
        try await studio.models(named: name, visibility)
    }

    static func asset(_ reference: AssetReference, in studio: Studio) async throws -> Model {
        try await studio.model(reference)
    }

    static func update(
        _ reference: AssetReference,
        in studio: Studio,
        _ change: (Model) throws -> AssetLabels
    ) async throws -> Model {
        try await studio.updateModel(reference, change)
    }

    /// The flags of `model list`.
    struct ListFlags: AssetListFlags {
        @Flag(help: "List the models that MLflow keeps instead: registered ones, and those that runs have logged.")
        var tracking = false

        @OptionGroup var place: TrackingOptions

        func answer(named name: String?, _ list: ListOptions, in session: Session) async throws -> Output? {
            guard tracking || place.trackingURI != nil else { return nil }
            let models = try await Studio.trackedModels(in: place.trackingURI, for: session.surroundings.caller) {
                session.logger.info("\($0)")
            }
            return Output(try list.limited(models.filter { name == nil || $0.name == name }))
        }
    }

    /// The flags of `model update`.
    struct UpdateFlags: ParsableArguments {
        @Option(help: .azureOnly)
        var stage: String?

        @Option(help: .azureOnly)
        var flavors: String?
    }
}

extension Output {
    /// Models that MLflow keeps.
    fileprivate init(_ models: [TrackedModel]) {
        self.init(
            list: models.map { ManifestValue($0) },
            columns: [
                TableColumn("Uri", "uri"), TableColumn("Name", "name"), TableColumn("Version", "version"),
                TableColumn("Stage", "stage"), TableColumn("Created", "creation_context.created_at"),
            ]
        )
    }
}
