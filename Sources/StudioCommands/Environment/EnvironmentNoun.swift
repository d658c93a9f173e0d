import BatchDomain
import BatchManifest
import StudioCore

/// `batchstudio environment …`.
enum EnvironmentNoun: AssetNoun {
    static let command = "environment"
    static let kind = AssetKind.environment
    static let names = NamedThing.environment
    static let title = "environment"
    static let titleWithArticle = "an environment"
    static let labels = ["description", "tags"]
    static let deletion = "Delete a version of an environment that no deployment uses."
    static let columns = [
        TableColumn("Name", "name"), TableColumn("Version", "version"), TableColumn("Image", "image"),
        TableColumn("Created", "creation_context.created_at"), TableColumn("Description", "description"),
    ]

    static func id(of asset: EnvironmentAsset) -> AssetVersion { asset.id }
    static func value(of asset: EnvironmentAsset) -> ManifestValue { ManifestValue(asset) }

    static func assets(
        named name: String?,
        _ visibility: Visibility,
        in studio: Studio
    ) async throws -> [EnvironmentAsset] {
        try await studio.environments(named: name, visibility)
    }

    static func asset(_ reference: AssetReference, in studio: Studio) async throws -> EnvironmentAsset {
        try await studio.environment(reference)
    }

    static func update(
        _ reference: AssetReference,
        in studio: Studio,
        _ change: (EnvironmentAsset) throws -> AssetLabels
    ) async throws -> EnvironmentAsset {
        try await studio.updateEnvironment(reference, change)
    }
}
