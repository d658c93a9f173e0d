import BatchDomain
import FoundationEssentials
import TerminalKit

extension ListNoun<EndpointOverview> {
    /// The list of endpoints, each with its last job.
    static var endpoints: Self {
        ListNoun(
            section: .endpoints,
            context: .endpoints,
            emptyText: "No endpoints yet. Press c to create one.",
            noRow: "There is no endpoint yet; press c to create one.",
            query: { _ in .endpoints },
            rows: { if case .endpoints(let rows) = $0 { rows } else { nil } },
            name: \.endpoint.name,
            route: { .endpoint($0.endpoint.name) },
            columns: columns,
            creation: (.createEndpoint, .createEndpoint),
            actions: [.createJob: { .open(.createJob(endpoint: $0.endpoint.name, deployment: nil)) }],
            deletion: (.deleteEndpoint, { .endpoint($0.endpoint.name, count: $0.deployments) }),
            refusal: { command, row in
                guard command == .createJob, row.deployments == 0 else { return nil }
                return "\(row.endpoint.name) has no deployment yet; open it and press a."
            }
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<EndpointOverview>] {
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
            .created(scene, importance: 2) { $0.endpoint.createdAt },
        ]
    }

    private static func lastJob(_ row: EndpointOverview, _ scene: Scene) -> String {
        guard let job = row.lastJob else { return "–" }
        guard let end = job.endedAt else { return job.stateText }
        return job.stateText + " " + Figures.ago(scene.now.timeIntervalSince(end))
    }
}
