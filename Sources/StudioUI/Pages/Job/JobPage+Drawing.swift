import BatchDomain
import DisplayText
import TerminalKit

extension JobPage {
    /// The files that failed.
    var failureWidget: Table<FileFailure> {
        let columns: [TableColumn<FileFailure>] = [
            TableColumn("File", .flexible(minimum: 14), isSortable: false) { $0.file },
            TableColumn("Mini-batch", .fixed(10), alignment: .trailing, importance: 2, isSortable: false) {
                Figures.count($0.miniBatch)
            },
            TableColumn("Attempt", .fixed(7), alignment: .trailing, importance: 3, isSortable: false) {
                String($0.attempt)
            },
            TableColumn(
                "Reason",
                .flexible(minimum: 20, weight: 3),
                importance: 1,
                isSortable: false,
                role: { _ in .error },
                text: { "\($0.type): \($0.message)" }
            ),
        ]
        let isKnown = failures.total != nil
        return Table(columns, rowCount: failures.total ?? 0, emptyText: isKnown ? "No file failed." : "Loading…") {
            failures[$0]
        }
    }

    func outputColumns(_ scene: Scene) -> [TableColumn<OutputFile>] {
        [
            TableColumn("File", .flexible(minimum: 14)) { $0.name },
            TableColumn("Size", .fixed(9), alignment: .trailing, precedes: { $0.bytes < $1.bytes }) {
                ByteSize.text($0.bytes)
            },
            TableColumn(
                "Written",
                .fixed(12),
                importance: 1,
                role: { _ in .muted },
                precedes: { $0.modifiedAt < $1.modifiedAt },
                text: { scene.date($0.modifiedAt) }
            ),
        ]
    }

    /// What the results have on top: that rows of failed files are missing, and how they differ from those of the baseline; a line each, as
    /// far as there is room.
    func remarks(_ scene: Scene) -> [(text: String, role: Role)] {
        guard let job = content?.job, scene.area.height >= 6 else { return [] }
        var remarks: [(text: String, role: Role)] = []
        if job.status.isPartial { remarks.append(("! \(job.status.words): their rows are missing", .warning)) }
        if let drift = job.drift, job.status.hasDrift {
            let role: Role = drift.level == .warning ? .warning : .muted
            remarks.append(("~ " + drift.sentences.joined(separator: " · "), role))
        }
        return remarks.map { ($0.text.fitted(to: max(1, scene.area.width - 4)), $0.role) }
    }

    /// Draws what is remarkable about the results, above them.
    func drawRemarks(in scene: Scene, on canvas: inout Canvas) {
        let body = scene.at(scene.area.splitTop(1).rest).withMargin
        for (row, remark) in remarks(body).enumerated() {
            canvas.line(remark.text, in: body.area.inset(horizontal: 2).row(row), style: scene.theme[remark.role])
        }
    }

    func drawLog(in scene: Scene, on canvas: inout Canvas) {
        let text = isLogMissing ? "No log yet: the executor writes it once it takes up the job." : "Loading…"
        log.draw(in: scene, on: &canvas, emptyText: text)
    }
}
