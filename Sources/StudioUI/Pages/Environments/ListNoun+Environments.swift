import BatchDomain
import TerminalKit

extension ListNoun<EnvironmentAsset> {
    /// The list of registered environments, the latest version of each.
    static var environments: Self {
        ListNoun(
            section: .environments,
            context: .environments,
            emptyText: "No environments yet. Models bring their own; press c to create one for a scoring script.",
            noRow: "There is no environment yet; press c to create one.",
            archived: .environment,
            query: { .environments($0) },
            rows: { if case .environments(let assets) = $0 { assets } else { nil } },
            name: \.name,
            route: { .environment($0.id) },
            columns: columns,
            preview: { .environment($0) },
            creation: (.createEnvironment, .createEnvironment),
            deletion: (.deleteEnvironment, { .asset(.environment, $0.id) })
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<EnvironmentAsset>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Version", .fixed(8), alignment: .trailing) { $0.version },
            TableColumn("Python", .fixed(8), importance: 1) { $0.source?.pythonVersion ?? "–" },
            TableColumn("Packages", .fixed(8), alignment: .trailing, importance: 3) {
                String($0.source?.requirements.count ?? 0)
            },
            TableColumn("Description", .flexible(minimum: 10, weight: 2), importance: 4, role: { _ in .muted }) {
                $0.description
            },
            .created(scene, importance: 2) { $0.createdAt },
        ]
    }
}
