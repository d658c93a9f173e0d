import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// A version of an environment.
struct EnvironmentPage: DetailsPage {
    let id: AssetVersion
    var pane = TextPane()
    var failure: Failure?
    private(set) var users: [Deployment] = []
    private var asset: EnvironmentAsset?
    private var all: [EnvironmentAsset] = []

    init(_ id: AssetVersion) {
        self.id = id
    }

    var route: Route { .environment(id) }
    var title: String { "\(id.name):\(id.version)" }
    var contexts: [KeyContext] { [.environment, .text] }
    var queries: [Query] { [.environment(id)] }

    var versions: [(title: String, route: Route)] {
        all.map { ("\($0.name):\($0.version)", .environment($0.id)) }
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .environment(let asset, let all, let users) = content {
            (self.asset, self.all, self.users, failure) = (asset, all, users, nil)
        }
        return []
    }

    mutating func runOwn(_ command: Command) -> [Request] {
        command == .deleteEnvironment ? [AssetDeletion(kind: .environment, id: id).request] : []
    }

    func ownRefusal(of command: Command) -> String? {
        command == .deleteEnvironment ? refusalToDelete : nil
    }

    mutating func answerOwn(_ question: String, _ choice: String) -> [Request] {
        AssetDeletion.answer(.environment, question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        AssetDeletion.finish(useCase).map { [.say($0), .back] } ?? []
    }

    var copies: Copies {
        guard let asset else { return Copies([]) }
        let conda = asset.condaFile.map { [("Conda file", $0)] } ?? []
        return Copies([("Reference", id.description)] + conda + [("YAML", ManifestValue(asset).yaml)])
    }

    func details(_ scene: Scene) -> DetailLines? {
        guard let asset else { return nil }
        var lines = DetailLines()
        lines.heading("Environment")
        lines.field("Name", asset.name)
        lines.field("Version", asset.version)
        lines.field("Description", asset.description)
        lines.field("Image", asset.image.map { $0 + " (kept, not used on this machine)" } ?? "")
        lines.labels("Tags", asset.tags)
        lines.field("Created", scene.time.full(asset.createdAt))
        lines.heading("Packages")
        if let source = asset.source {
            lines.source(source)
        } else {
            lines.text("No file says what it needs; jobs get Python alone.", role: .warning)
        }
        if let conda = asset.condaFile {
            lines.heading("Conda file")
            lines.text(conda, role: .muted)
        }
        lines.users(users)
        lines.versions(all.map { [$0.version, scene.date($0.createdAt), $0.description] })
        return lines
    }
}
