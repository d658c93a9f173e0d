import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// A compute target.
struct ComputeTargetPage: DetailsPage {
    let name: String
    var pane = TextPane()
    var failure: Failure?
    private(set) var users: [Deployment] = []
    private var target: ComputeTarget?

    init(_ name: String) {
        self.name = name
    }

    var route: Route { .computeTarget(name) }
    var title: String { name }
    var contexts: [KeyContext] { [.computeTarget, .text] }
    var queries: [Query] { [.computeTarget(name)] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .computeTarget(let target, let users) = content {
            (self.target, self.users, failure) = (target, users, nil)
        }
        return []
    }

    func ownRefusal(of command: Command) -> String? {
        guard command == .deleteCompute else { return nil }
        return refusalToDelete ?? ComputeTarget.refusalToDelete(target)
    }

    mutating func runOwn(_ command: Command) -> [Request] {
        command == .deleteCompute ? [.ask(id: "delete", .deleting(compute: name))] : []
    }

    mutating func answerOwn(_ question: String, _ choice: String) -> [Request] {
        choice == "delete" ? [.perform(.deleteCompute(name))] : []
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        [.say(Toast("Compute target \(name) is deleted.", role: .success)), .back]
    }

    var copies: Copies {
        guard let target else { return Copies([]) }
        return Copies([("Name", name), ("YAML", ManifestValue(target).yaml)])
    }

    func details(_ scene: Scene) -> DetailLines? {
        guard let target else { return nil }
        var lines = DetailLines()
        lines.heading("Compute target")
        lines.field("Name", target.name)
        lines.field("Type", target.kind.rawValue)
        lines.field("Description", target.description)
        lines.field("Runs on", "this machine")
        lines.field("Most instances", String(target.maxInstances))
        lines.field("Fewest instances", "\(target.minInstances) (shown, not used)")
        lines.field("Size", target.size.map { $0 + " (shown, not used)" } ?? "")
        lines.field(
            "Idle before scale down",
            Figures.duration(Double(target.idleTimeBeforeScaleDown)) + " (shown, not used)"
        )
        lines.labels("Tags", target.tags)
        lines.field("Created", scene.time.full(target.createdAt))
        lines.users(users)
        return lines
    }
}
