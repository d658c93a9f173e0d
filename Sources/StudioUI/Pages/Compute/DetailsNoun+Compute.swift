import BatchDomain
import BatchManifest
import TerminalKit

extension DetailsNoun<ComputeTargetContent> {
    /// The page of a compute target.
    static func computeTarget(_ name: String) -> Self {
        DetailsNoun(
            route: .computeTarget(name),
            context: .computeTarget,
            query: .computeTarget(name),
            title: { _ in name },
            subject: { if case .computeTarget(let content) = $0 { content } else { nil } },
            users: \.users,
            copies: { Copies([("Name", name), ("YAML", ManifestValue($0.target).yaml)]) },
            details: details,
            deletion: (.deleteCompute, .compute(name)),
            refusalToDelete: \.target.refusalToDelete
        )
    }

    private static func details(_ content: ComputeTargetContent, _ scene: Scene) -> DetailLines {
        let target = content.target
        var lines = DetailLines()
        lines.heading("Compute target")
        lines.field("Name", target.name)
        lines.field("Type", target.kind.rawValue)
        lines.field("Description", target.description)
        lines.field("Runs on", "this machine")
        for gpu in content.gpus.gpus { lines.field("GPU \(gpu.index)", gpu.product) }
        let remark = content.gpus.remark
        if content.gpus.gpus.isEmpty {
            lines.field("GPUs", remark.map { "none: \($0)" } ?? "none")
        } else if let remark {
            lines.field("Other GPUs", remark)
        }
        lines.field("Most instances", String(target.maxInstances))
        lines.field("Fewest instances", "\(target.minInstances) (shown, not used)")
        lines.field("Size", target.size.map { $0 + " (shown, not used)" } ?? "")
        lines.field(
            "Idle before scale down",
            Figures.duration(Double(target.idleTimeBeforeScaleDown)) + " (shown, not used)"
        )
        lines.labels("Tags", target.tags)
        lines.field("Created", scene.time.full(target.createdAt))
        lines.users(content.users)
        return lines
    }
}
