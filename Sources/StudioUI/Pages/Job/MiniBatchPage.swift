import BatchDomain
import FoundationEssentials
import TerminalKit

/// A mini-batch of a job: its files, its attempts, who scored it, how long, and what failed.
struct MiniBatchPage: Page {
    /// Seconds before the beginning at which the log is opened.
    static let slack = 0.25

    let job: String
    let id: Int
    private var found: MiniBatchDetails?
    private var failure: Failure?
    private var pane = TextPane()

    init(job: String, id: Int) {
        self.job = job
        self.id = id
    }

    var route: Route { .miniBatch(job: job, id: id) }
    var title: String { "Mini-batch \(Figures.count(id))" }
    var contexts: [KeyContext] { [.miniBatch, .text] }
    var queries: [Query] { [.miniBatch(job: job, id: id)] }
    var isMoving: Bool { found?.worker != nil }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .miniBatch(let found) = content { (self.found, failure) = (found, nil) }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        self.failure = failure
        return true
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        pane.handle(event, details(scene), in: scene.withMargin) ? [] : nil
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .nextMiniBatch: id + 1 < found?.count ?? 0 ? nil : "This is the last mini-batch."
        case .previousMiniBatch: id > 0 ? nil : "This is the first mini-batch."
        case .showMiniBatchLog: beginning == nil ? "It has not been scored yet." : nil
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .nextMiniBatch: return [.replace(.miniBatch(job: job, id: id + 1))]
        case .previousMiniBatch: return [.replace(.miniBatch(job: job, id: id - 1))]
        case .showMiniBatchLog:
            guard let beginning else { return [] }
            let worker = found?.worker?.worker ?? found?.result?.worker
            // The executor learns of a beginning a little after the worker's first prints.
            let time = Int((beginning.timeIntervalSince1970 - Self.slack) * 1000)
            return [.open(.jobLog(job: job, time: time, worker: worker))]
        case .copy: return [.offer(id: "copy", copies.picker)]
        default: return []
        }
    }

    /// When its last attempt began.
    private var beginning: Date? { found?.worker?.since ?? found?.result?.startedAt }

    private var copies: Copies {
        Copies((found.map { [("Files", $0.files.joined(separator: "\n"))] } ?? []) + [("Number", "\(id)")])
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] { copies.request(choice) }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let inside = scene.withMargin
        if let failure { return inside.drawMissing(failure, on: &canvas) }
        guard found != nil else { return inside.drawLoading(on: &canvas) }
        pane.draw(details(scene), in: inside, on: &canvas)
    }

    private func details(_ scene: Scene) -> DetailLines {
        var lines = DetailLines()
        guard let found else { return lines }
        lines.heading("Mini-batch \(Figures.count(id)), of 0 to \(Figures.count(found.count - 1))")
        addState(found, scene, to: &lines)
        addFiles(found, to: &lines)
        addFailures(found, to: &lines)
        return lines
    }

    private func addState(_ found: MiniBatchDetails, _ scene: Scene, to lines: inout DetailLines) {
        if let worker = found.worker {
            lines.field("State", "● Scored now", role: .running)
            lines.field("Worker", "\(worker.worker), process \(worker.pid)")
            lines.field("For", Figures.duration(max(0, scene.now.timeIntervalSince(worker.since))))
            if let file = worker.file { lines.field("File in work", file) }
            return
        }
        guard let result = found.result else { return lines.field("State", "· Waiting", role: .muted) }
        let failed = max(result.failedFiles, found.failures.count)
        if result.isFailed {
            lines.field("State", "✗ Failed", role: .error)
        } else if failed == 0 {
            lines.field("State", "✓ Done", role: .success)
        } else {
            lines.field(
                "State",
                "! \(Figures.count(failed)) of \(Figures.count(found.fileCount, "file")) failed",
                role: .warning
            )
        }
        lines.field("Attempts", Figures.count(result.attempts))
        lines.field("Worker", result.worker.map { "\($0), process \(result.pid)" } ?? "process \(result.pid)")
        lines.field("Began", scene.time.full(result.startedAt))
        lines.field("Took", Figures.duration(result.seconds))
        if let rows = result.rows { lines.field("Rows", Figures.count(rows)) }
    }

    private func addFiles(_ found: MiniBatchDetails, to lines: inout DetailLines) {
        lines.heading(found.part == nil ? Figures.count(found.fileCount, "file") : "File")
        if let part = found.part {
            lines.text("\(found.files.first ?? ""), part \(Figures.count(part.number)) of \(Figures.count(part.count))")
            if let rows = part.rows {
                let last = Figures.count(rows.upperBound - 1)
                lines.text("rows \(Figures.count(rows.lowerBound)) to \(last)", role: .muted)
            }
            return
        }
        for file in found.files { lines.text(file) }
        let others = found.fileCount - found.files.count
        if others > 0 { lines.text("… and \(Figures.count(others)) more", role: .muted) }
    }

    private func addFailures(_ found: MiniBatchDetails, to lines: inout DetailLines) {
        guard !found.failures.isEmpty else { return }
        lines.heading("Failed files")
        for failure in found.failures {
            lines.text(failure.file)
            lines.text("\(failure.type): \(failure.message)", role: .error)
        }
        let others = (found.result?.failedFiles ?? 0) - found.failures.count
        if others > 0 { lines.text("… and \(Figures.count(others)) more: see Errors of the job", role: .muted) }
    }
}
