import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// A version of a data asset.
struct DataAssetPage: DetailsPage {
    let id: AssetVersion
    var pane = TextPane()
    var failure: Failure?
    private var asset: DataAsset?
    private var all: [DataAsset] = []
    private var path: String?

    init(_ id: AssetVersion) {
        self.id = id
    }

    var route: Route { .dataAsset(id) }
    var title: String { "\(id.name):\(id.version)" }
    var contexts: [KeyContext] { [.dataAsset, .text] }
    var queries: [Query] { [.dataAsset(id)] }

    var versions: [(title: String, route: Route)] {
        all.map { ("\($0.name):\($0.version)", .dataAsset($0.id)) }
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .dataAsset(let asset, let all, let path) = content {
            (self.asset, self.all, self.path, failure) = (asset, all, path, nil)
        }
        return []
    }

    mutating func runOwn(_ command: Command) -> [Request] {
        switch command {
        case .deleteData: [AssetDeletion(kind: .data, id: id).request]
        case .previewData: [.open(.previewData(id))]
        default: []
        }
    }

    mutating func answerOwn(_ question: String, _ choice: String) -> [Request] {
        AssetDeletion.answer(.data, question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        AssetDeletion.finish(useCase).map { [.say($0), .back] } ?? []
    }

    var copies: Copies {
        guard let asset else { return Copies([]) }
        let paths = path.map { [("Path", $0)] } ?? []
        return Copies([("Reference", id.description)] + paths + [("YAML", ManifestValue(asset).yaml)])
    }

    func details(_ scene: Scene) -> DetailLines? {
        guard let asset else { return nil }
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
        lines.versions(all.map { [$0.version, scene.date($0.createdAt), $0.description] })
        return lines
    }
}
