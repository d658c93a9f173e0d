import BatchDomain
import FoundationEssentials
import TerminalKit

extension JobTable {
    func columns(_ scene: Scene) -> [TableColumn<JobOverview>] {
        var columns = [
            TableColumn<JobOverview>(
                "Status",
                .fixed(16),
                isSortable: false,
                role: { $0.state.role },
                text: { $0.state.label }
            ),
            TableColumn("Job", .flexible(minimum: 14, weight: 2), isSortable: false) { $0.displayName },
        ]
        if endpoint == nil {
            columns.append(
                TableColumn("Endpoint", .flexible(minimum: 12), importance: 2, isSortable: false) { $0.endpointName }
            )
        }
        columns += [
            TableColumn("Deployment", .flexible(minimum: 10), importance: 5, isSortable: false) { $0.deploymentName },
            TableColumn("Submitted", .fixed(12), importance: 3, isSortable: false, role: { _ in .muted }) {
                scene.date($0.createdAt)
            },
            TableColumn("Duration", .fixed(9), alignment: .trailing, importance: 4, isSortable: false) {
                $0.durationText(now: scene.now)
            },
            TableColumn("Progress", .fixed(8), alignment: .trailing, importance: 1, isSortable: false) {
                $0.counts.fraction.map(Figures.percent) ?? "–"
            },
            TableColumn(
                "Failed",
                .fixed(7),
                alignment: .trailing,
                importance: 3,
                isSortable: false,
                role: { $0.counts.failedFiles > 0 ? .error : .muted },
                text: { Figures.count($0.counts.failedFiles) }
            ),
        ]
        return columns
    }
}
