import BatchDomain
import BatchManifest
import TerminalKit

extension DetailsNoun<DataAssetContent> {
    /// The page of a version of a data asset.
    static func dataAsset(_ id: AssetVersion) -> Self {
        DetailsNoun(
            route: .dataAsset(id),
            context: .dataAsset,
            query: .dataAsset(id),
            title: { _ in id.short },
            subject: { if case .dataAsset(let content) = $0 { content } else { nil } },
            versions: { $0.versions.map { ($0.id.short, .dataAsset($0.id)) } },
            copies: { content in
                let path = content.path.map { [("Path", $0)] } ?? []
                let yaml = ManifestValue(content.asset).yaml
                return Copies([("Reference", id.description)] + path + [("YAML", yaml)])
            },
            details: details,
            opens: [.previewData: .previewData(id)],
            deletion: (.deleteData, .asset(.data, id))
        )
    }

    private static func details(_ content: DataAssetContent, _ scene: Scene) -> DetailLines {
        let (asset, path) = (content.asset, content.path)
        var lines = DetailLines()
        lines.heading("Data asset")
        lines.field("Name", asset.name)
        lines.field("Version", asset.version)
        lines.field("Type", asset.kind.rawValue)
        lines.field("Description", asset.description)
        lines.field("Path", asset.path.description)
        if let path, path != asset.path.description { lines.field("On this machine", path) }
        if let table = asset.table {
            lines.field("Files", table.patterns.joined(separator: ", "))
            let options = table.readOptions.given.map { ($0.option.key, ManifestValue($0.value).inline) }
            lines.labels(Setting.readOptions.title, Dictionary(options) { $1 })
        }
        lines.labels("Tags", asset.tags)
        lines.field("Created", scene.time.full(asset.createdAt))
        lines.versions(content.versions.map { [$0.version, scene.date($0.createdAt), $0.description] })
        return lines
    }
}
