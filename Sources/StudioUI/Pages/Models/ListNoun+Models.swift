import BatchDomain
import TerminalKit

extension ListNoun<Model> {
    /// The list of models, the latest version of each.
    static var models: Self {
        ListNoun(
            section: .models,
            context: .models,
            emptyText: "No models yet. Press r to register one from a folder.",
            noRow: "There is no model yet; press r to register one.",
            archived: .model,
            query: { .models($0) },
            rows: { if case .models(let models) = $0 { models } else { nil } },
            name: \.name,
            route: { .model($0.id) },
            columns: columns,
            preview: { .model($0) },
            creation: (.registerModel, .registerModel),
            actions: [.deployModel: { .open(.deployModel($0.id)) }],
            deletion: (.deleteModel, { .asset(.model, $0.id) })
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<Model>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Version", .fixed(8), alignment: .trailing) { $0.version },
            TableColumn("Type", .fixed(12), importance: 2) { $0.kind.rawValue },
            TableColumn("Size", .fixed(8), alignment: .trailing, importance: 4, precedes: { $0.bytes < $1.bytes }) {
                ByteSize.text($0.bytes)
            },
            TableColumn("Source", .flexible(minimum: 10), importance: 3, role: { _ in .muted }) { $0.source },
            .created(scene, importance: 1) { $0.createdAt },
        ]
    }
}
