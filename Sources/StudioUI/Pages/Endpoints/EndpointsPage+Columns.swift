import FoundationEssentials
import BatchDomain
import TerminalKit

extension EndpointsPage {
    static func columns(_ scene: Scene) -> [TableColumn<EndpointOverview>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.endpoint.name },
            TableColumn("Default deployment", .flexible(minimum: 14), importance: 3) {
                $0.endpoint.defaultDeployment ?? "–"
            },
            TableColumn("Deployments", .fixed(11), alignment: .trailing, importance: 5) { String($0.deployments) },
            TableColumn(
                "Last job",
                .fixed(20),
                importance: 1,
                role: { $0.lastJob?.state.role ?? .muted },
                precedes: { ($0.lastJob?.createdAt ?? .distantPast) > ($1.lastJob?.createdAt ?? .distantPast) },
                text: { lastJob($0, scene) }
            ),
            TableColumn("State", .fixed(10), importance: 4) { $0.endpoint.provisioningState.rawValue },
            TableColumn(
                "Created",
                .fixed(12),
                importance: 2,
                role: { _ in .muted },
                precedes: { $0.endpoint.createdAt < $1.endpoint.createdAt },
                text: { scene.date($0.endpoint.createdAt) }
            ),
        ]
    }

    private static func lastJob(_ row: EndpointOverview, _ scene: Scene) -> String {
        guard let job = row.lastJob else { return "–" }
        guard let end = job.endedAt else { return job.stateText }
        return job.stateText + " " + Figures.ago(scene.now.timeIntervalSince(end))
    }
}
