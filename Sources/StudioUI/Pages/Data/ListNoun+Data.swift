import BatchDomain
import TerminalKit

extension ListNoun<DataAsset> {
    /// The list of data assets, the latest version of each.
    static var data: Self {
        ListNoun(
            section: .data,
            context: .data,
            emptyText: "No data assets yet. Press r to give a file or folder a name.",
            noRow: "There is no data asset yet; press r to register one.",
            archived: .data,
            query: { .data($0) },
            rows: { if case .data(let assets) = $0 { assets } else { nil } },
            name: \.name,
            route: { .dataAsset($0.id) },
            columns: columns,
            preview: { .data($0) },
            creation: (.registerData, .registerData),
            actions: [.previewData: { .open(.previewData($0.id)) }],
            deletion: (.deleteData, { .asset(.data, $0.id) })
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<DataAsset>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Version", .fixed(8), alignment: .trailing) { $0.version },
            TableColumn("Type", .fixed(10), importance: 1) { $0.kind.rawValue },
            TableColumn("Path", .flexible(minimum: 10, weight: 2), importance: 3, role: { _ in .muted }) {
                $0.path.description
            },
            .created(scene, importance: 2) { $0.createdAt },
        ]
    }
}
