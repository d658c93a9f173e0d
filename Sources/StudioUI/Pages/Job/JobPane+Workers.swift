import BatchDomain
import FoundationEssentials
import TerminalKit

/// A row of the list of workers: one of them, or a node of a cluster above its own.
enum WorkerRow: Equatable {
    case worker(WorkerStatus)
    case node(String, workers: Int, rowsPerSecond: Double)

    var worker: WorkerStatus? { if case .worker(let worker) = self { worker } else { nil } }

    /// The rows of a job's workers: by number on this machine, by node on a cluster, those that wait for room last.
    static func rows(of workers: [WorkerStatus]) -> [WorkerRow] {
        let byNode = Dictionary(grouping: workers) { $0.node ?? "" }
        guard Set(byNode.keys) != [""] else { return workers.map(WorkerRow.worker) }
        let nodes = byNode.keys.filter { !$0.isEmpty }.sorted { $0.naturallyPrecedes($1) }
        let grouped = nodes.flatMap { node -> [WorkerRow] in
            let members = byNode[node] ?? []
            let rate = members.reduce(0) { $0 + ($1.rowsPerSecond ?? 0) }
            return [.node(node, workers: members.count, rowsPerSecond: rate)] + members.map(WorkerRow.worker)
        }
        return grouped + (byNode[""] ?? []).map(WorkerRow.worker)
    }
}

extension JobPane {
    /// The activity of the workers.
    func workerTable(_ scene: Scene) -> Table<WorkerRow> {
        var columns: [TableColumn<WorkerRow>] = [
            column("Worker", .fixed(6), alignment: .trailing) { String($0.worker) },
            column("PID", .fixed(7), alignment: .trailing, importance: 4) { String($0.pid) },
            TableColumn(
                "Does",
                .fixed(10),
                isSortable: false,
                role: { $0.worker?.activity == "scoring" ? .running : .muted },
                text: { row in
                    switch row {
                    case .worker(let worker): (worker.activity == "scoring" ? "● " : "… ") + worker.activity
                    case .node(_, let workers, _): Figures.count(workers, "worker")
                    }
                }
            ),
            column("Mini-batch", .fixed(10), alignment: .trailing, importance: 2) {
                $0.miniBatch.map { Figures.count($0) } ?? "–"
            },
            column("File", .flexible(minimum: 10), importance: 3) { $0.file ?? "–" },
            column("For", .fixed(9), alignment: .trailing, importance: 1) {
                Figures.duration(max(0, scene.now.timeIntervalSince($0.since)))
            },
            column("Memory", .fixed(8), alignment: .trailing, importance: 2) {
                $0.residentBytes.map(ByteSize.text) ?? "–"
            },
        ]
        if content.job.specification.settings.gpus > 0 {
            columns.insert(column("GPU", .fixed(7), importance: 1) { $0.gpus ?? "–" }, at: 3)
        }
        if content.workers.contains(where: { $0.node != nil || $0.activity == "pending" }) {
            columns.insert(
                TableColumn("Node", .flexible(minimum: 8), importance: 1, isSortable: false) { row in
                    if case .node(let name, _, _) = row { name } else { "" }
                },
                at: 0
            )
            columns.append(
                TableColumn("Rows/s", .fixed(8), alignment: .trailing, importance: 1, isSortable: false) { row in
                    switch row {
                    case .worker(let worker): worker.rowsPerSecond.map(Figures.rate) ?? "–"
                    case .node(_, _, let rate): Figures.rate(rate)
                    }
                }
            )
        }
        return Table(columns, rows: WorkerRow.rows(of: content.workers))
    }

    /// A column of workers, empty beside a node.
    private func column(
        _ title: String,
        _ width: TableColumn<WorkerRow>.Width,
        alignment: Alignment = .leading,
        importance: Int = 0,
        _ text: @escaping @Sendable (WorkerStatus) -> String
    ) -> TableColumn<WorkerRow> {
        TableColumn(title, width, alignment: alignment, importance: importance, isSortable: false) { row in
            row.worker.map(text) ?? ""
        }
    }
}
