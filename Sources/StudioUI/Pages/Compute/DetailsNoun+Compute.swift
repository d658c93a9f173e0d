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
        if let cluster = target.cluster {
            lines.cluster(cluster)
            lines.labels("Tags", target.tags)
            lines.field("Created", scene.time.full(target.createdAt))
            lines.nodes(content.report, of: target, scene)
            lines.users(content.users)
            return lines
        }
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

extension DetailLines {
    fileprivate mutating func cluster(_ cluster: RayCluster) {
        let resources = cluster.resources
        field("Runs on", "a Ray cluster")
        field("Address", cluster.address)
        field("Most workers", String(cluster.maxWorkers))
        field("Cores a worker", Figures.decimal(resources.cpus))
        field("GPUs a worker", Figures.decimal(resources.gpus))
        field("Memory a worker", resources.memory.map(ByteSize.exactText) ?? "not counted")
        for (name, value) in resources.custom.sorted(by: { $0.key < $1.key }) { field(name, Figures.decimal(value)) }
        field("Storage", cluster.storage.rawValue)
        field("Ray", cluster.rayVersion)
        field("Python", cluster.pythonVersion ?? "the newest here")
    }
    /// The nodes of a cluster as the last check found them: the page itself waits for no cluster.
    fileprivate mutating func nodes(_ report: ClusterReport?, of target: ComputeTarget, _ scene: Scene) {
        heading("Nodes")
        guard let report else {
            return field("Not checked", "batchstudio compute show -n \(target.name) --check")
        }
        field("Checked", scene.time.full(report.checkedAt))
        for problem in report.problems { text(problem, role: .warning) }
        guard !report.nodes.isEmpty else { return }
        table(
            ["Node", "State", "CPUs", "GPUs", "Memory", "Workers"],
            report.nodes.map { node in
                [
                    node.name, node.state, Figures.decimal(node.cpus), Figures.decimal(node.gpus),
                    ByteSize.text(node.memory), Figures.count(node.workers),
                ]
            }
        )
    }
}
