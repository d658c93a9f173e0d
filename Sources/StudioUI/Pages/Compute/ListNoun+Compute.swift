import BatchDomain
import TerminalKit

extension ListNoun<ComputeTarget> {
    /// The list of compute targets.
    static var compute: Self {
        ListNoun(
            section: .compute,
            context: .computeTargets,
            emptyText: "No compute targets.",
            noRow: "There is no compute target here.",
            query: { _ in .compute },
            rows: { if case .compute(let targets) = $0 { targets } else { nil } },
            name: \.name,
            route: { .computeTarget($0.name) },
            columns: columns,
            preview: { .compute($0) },
            creation: (.createCompute, .createCompute),
            deletion: (.deleteCompute, { .compute($0.name) }),
            refusal: { command, target in command == .deleteCompute ? target.refusalToDelete : nil }
        )
    }

    private static func columns(_ scene: Scene) -> [TableColumn<ComputeTarget>] {
        [
            TableColumn("Name", .flexible(minimum: 12, weight: 2)) { $0.name },
            TableColumn("Type", .fixed(10)) { $0.kind.rawValue },
            TableColumn("Instances", .fixed(9), alignment: .trailing, importance: 1) {
                "\($0.minInstances)–\($0.maxInstances)"
            },
            TableColumn("Size", .flexible(minimum: 10), importance: 3) { $0.size ?? "–" },
            TableColumn("Description", .flexible(minimum: 10, weight: 2), importance: 4, role: { _ in .muted }) {
                $0.description
            },
            .created(scene, importance: 2) { $0.createdAt },
        ]
    }
}

extension ComputeTarget {
    /// Why the target can't be deleted; nil where nothing but its users decides.
    var refusalToDelete: String? {
        kind == .local ? "\(name) is this machine itself; every workspace has it." : nil
    }
}
