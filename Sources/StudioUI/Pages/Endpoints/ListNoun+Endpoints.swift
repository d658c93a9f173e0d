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
            preview: { .endpoint($0) },
            creation: (.createEndpoint, .createEndpoint),
            actions: [.createJob: { .open(.createJob(endpoint: $0.endpoint.name, deployment: nil)) }],
            job: \.lastJob,
            deletion: (.deleteEndpoint, { .endpoint($0.endpoint.name) }),
            refusal: { command, row in
                switch command {
                case .createJob where row.deployments == 0, .runAgain where row.deployments == 0:
                    "\(row.endpoint.name) has no deployment yet; open it and press a."
                case .runAgain where row.lastJob == nil:
                    "\(row.endpoint.name) has no job yet; press i to create one."
                case .showResults where row.lastJob == nil, .showLog where row.lastJob == nil:
                    "\(row.endpoint.name) has no job yet."
                default: nil
                }
            }
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<EndpointOverview>] {
        [
            TableColumn("Name", .flexible(minimum: 20, weight: 2)) { $0.endpoint.name },
            TableColumn("Default deployment", .flexible(minimum: 18), importance: 3) {
                $0.endpoint.defaultDeployment ?? "–"
            },
            TableColumn("Deployments", .fixed(11), alignment: .trailing, importance: 5) { String($0.deployments) },
            TableColumn(
                "Last job",
                .fixed(20),
                importance: 1,
                role: { $0.lastJob?.status.role ?? .muted },
                precedes: { ($0.lastJob?.createdAt ?? .distantPast) > ($1.lastJob?.createdAt ?? .distantPast) },
                text: { lastJob($0, scene) }
            ),
            TableColumn("State", .fixed(10), importance: 6) { $0.endpoint.provisioningState.rawValue },
            .created(scene, importance: 2) { $0.endpoint.createdAt },
        ]
    }

    private static func lastJob(_ row: EndpointOverview, _ scene: Scene) -> String {
        guard let job = row.lastJob else { return "–" }
        guard let end = job.endedAt else { return job.stateText }
        return job.shortStatus + " " + Figures.ago(scene.now.timeIntervalSince(end))
    }
}
