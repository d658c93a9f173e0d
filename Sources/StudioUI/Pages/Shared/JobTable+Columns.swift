import BatchDomain
import FoundationEssentials
import TerminalKit

extension JobTable {
    /// The columns; the one of failed files is never left out.
    func columns(_ scene: Scene) -> [TableColumn<JobOverview>] {
        var columns = [
            column(.status, "Status", .fixed(14), role: { $0.status.role }) { $0.shortStatus },
            // Names are what is read first: other columns go before they are cut.
            column(.job, "Job", .flexible(minimum: scene.area.width < 64 ? 14 : 24, weight: 2)) { $0.title },
        ]
        if endpoint == nil {
            columns.append(column(.endpoint, "Endpoint", .flexible(minimum: 12), importance: 1) { $0.endpointName })
        }
        columns += [
            column(.deployment, "Deployment", .flexible(minimum: 10), importance: 5) { $0.deploymentName },
            column(.submitted, "Submitted", .fixed(12), importance: 2, role: { _ in .muted }) {
                scene.date($0.createdAt)
            },
            column(.duration, "Duration", .fixed(9), alignment: .trailing, importance: 4) {
                $0.durationText(now: scene.now)
            },
            column(.progress, "Progress", .fixed(9), alignment: .trailing, importance: 3) { $0.progressText },
            column(
                .failed,
                "Failed",
                .fixed(6),
                alignment: .trailing,
                role: { $0.counts.failedFiles == 0 ? .muted : $0.state == .completed ? .warning : .error },
                text: { Figures.count($0.counts.failedFiles) }
            ),
        ]
        return columns
    }

    private func column(
        _ order: JobOrder,
        _ title: String,
        _ width: TableColumn<JobOverview>.Width,
        alignment: Alignment = .leading,
        importance: Int = 0,
        role: @escaping @Sendable (JobOverview) -> Role = { _ in .text },
        text: @escaping @Sendable (JobOverview) -> String
    ) -> TableColumn<JobOverview> {
        TableColumn(
            title,
            id: order.rawValue,
            width,
            alignment: alignment,
            importance: importance,
            role: role,
            text: text
        )
    }
}
