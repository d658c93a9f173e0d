import BatchDomain
import BatchManifest
import Foundation
import StudioCore

/// `batchstudio data …`.
enum DataNoun: AssetNoun {
    static let command = "data"
    static let kind = AssetKind.data
    static let names = NamedThing.data
    static let title = "data asset"
    static let titleWithArticle = "a data asset"
    static let labels = ["description", "tags"]
    static let deletion = "Delete a version of a data asset; the data itself stays where it is."
    static let columns = [
        TableColumn("Name", "name"), TableColumn("Version", "version"), TableColumn("Type", "type"),
        TableColumn("Path", "path"), TableColumn("Created", "creation_context.created_at"),
    ]

    static func id(of asset: DataAsset) -> AssetVersion { asset.id }
    static func value(of asset: DataAsset) -> ManifestValue { ManifestValue(asset) }

    static func warning(about asset: DataAsset) -> String? {
        guard case .local(let path) = asset.path, !FileManager.default.fileExists(atPath: path) else { return nil }
        return "The data are gone: there is nothing at \(path)."
    }

    static func assets(named name: String?, _ visibility: Visibility, in studio: Studio) async throws -> [DataAsset] {
        try await studio.dataAssets(named: name, visibility)
    }

    static func asset(_ reference: AssetReference, in studio: Studio) async throws -> DataAsset {
        try await studio.dataAsset(reference)
    }

    static func update(
        _ reference: AssetReference,
        in studio: Studio,
        _ change: (DataAsset) throws -> AssetLabels
    ) async throws -> DataAsset {
        try await studio.updateData(reference, change)
    }
}
