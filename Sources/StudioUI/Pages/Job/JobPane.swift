import BatchDomain
import DisplayText
import FoundationEssentials
import TerminalKit

/// The first tab of a job: everything that moves, at a glance.
struct JobPane {
    let page: JobPage
    let content: JobContent

    /// The maximum number of lines for notes.
    private static let noteLines = 3
    /// The maximum number of lines for the cause.
    private static let causeLines = 4

    private var job: Job { content.job }
    private var counts: JobCounts { content.job.counts }

    /// Where the parts stand.
    struct Places {
        var head: Rect
        var map: Rect
        var workers: Rect
    }

    /// On a low screen the curve and the legend of the map go first.
    static func isTight(_ area: Rect) -> Bool { area.height < 12 }

    func places(in area: Rect) -> Places {
        let isTight = Self.isTight(area)
        let area = area.inset(horizontal: 2)
        let lines = (isTight ? 4 : 6) + cause(width: area.width, isTight: isTight).count + notes(isTight: isTight).count
        let (head, rest) = area.splitTop(min(lines, area.height))
        let workers = content.workers.isEmpty ? 0 : min(content.workers.count + 2, max(3, rest.height / 2))
        let frame = isTight ? 0 : 2
        let room = max(0, rest.height - (isTight ? 0 : workers) - frame)
        let rows = min(room, max(1, ((counts.miniBatches ?? 0) + max(1, area.width) - 1) / max(1, area.width)))
        let (map, below) = rest.splitTop(counts.miniBatches == nil ? 0 : rows + frame)
        return Places(head: head, map: map, workers: below.splitTop(workers).top)
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let places = places(in: scene.area)
        drawHead(in: scene.at(places.head), isTight: Self.isTight(scene.area), on: &canvas)
        drawMap(in: scene.at(places.map), isTight: Self.isTight(scene.area), on: &canvas)
        guard places.workers.height > 1 else { return }
        workerTable(scene).draw(
            page.workers,
            in: places.workers,
            on: &canvas,
            theme: scene.theme,
            isFocused: false
        )
    }

    private func drawHead(in scene: Scene, isTight: Bool, on canvas: inout Canvas) {
        let theme = scene.theme
        let area = scene.area
        canvas.write(life(scene), x: area.x, y: area.y, clip: area.row(0))
        var above = 0
        for cause in cause(width: area.width, isTight: isTight) {
            above += 1
            canvas.line(cause, in: area.row(above), style: theme[job.state == .failed ? .error : .warning])
        }
        for note in notes(isTight: isTight) {
            above += 1
            canvas.line(note, in: area.row(above), style: theme[.warning])
        }
        let role: Role = job.state == .failed ? .error : job.state.isTerminal ? job.state.role : .progress
        ProgressBar(counts.fraction, label: progressText(isShort: area.width < 60), role: role)
            .draw(in: area.row(1 + above), on: &canvas, theme: theme)
        canvas.write(figures(scene), x: area.x, y: area.y + 2 + above, clip: area.row(2 + above))
        canvas.write(files(theme), x: area.x, y: area.y + 3 + above, clip: area.row(3 + above))
        guard !isTight else { return }
        let (label, curve) = area.row(4 + above).splitLeft(8)
        canvas.line("Rows/s", in: label, style: theme[.muted])
        if page.speed.rows.isEmpty {
            let text = job.state == .running ? "watching…" : "not measured"
            canvas.line(text, in: curve, style: theme[.muted])
        } else {
            Sparkline(page.speed.rows).draw(in: curve, on: &canvas, theme: theme)
        }
    }

    /// The job's cause, as many lines as there is room for; the tab of details has all of it.
    private func cause(width: Int, isTight: Bool) -> [String] {
        let lines = job.cause?.wrapped(to: max(8, width)) ?? []
        let room = isTight ? 1 : Self.causeLines
        guard lines.count > room else { return lines }
        let more = "… see Details"
        var last = lines[room - 1].fitted(to: max(0, width - more.displayWidth))
        while let end = last.last, end == "…" || end == " " { last.removeLast() }
        return lines.prefix(room - 1) + [last + more]
    }

    /// The job's notes, as many lines as there is room for; the tab of details has all of them.
    private func notes(isTight: Bool) -> [String] {
        let room = isTight ? 1 : Self.noteLines
        guard job.notes.count > room else { return job.notes }
        let shown = job.notes.prefix(room - 1)
        let others = job.notes.count - shown.count
        return shown + ["\(others) \(shown.isEmpty ? "notes" : "more notes"): see Details"]
    }

    /// The states it went through with the time in each, the last one still counting.
    private func life(_ scene: Scene) -> [Span] {
        let theme = scene.theme
        var spans: [Span] = []
        let steps = content.transitions.suffix(6)
        for (index, step) in zip(steps.indices, steps) {
            let isLast = index == steps.endIndex - 1
            let end = isLast ? (job.endedAt ?? scene.now) : steps[index + 1].at
            let time = Figures.duration(max(0, end.timeIntervalSince(step.at)))
            if !spans.isEmpty { spans.append(Span(" › ", theme[.muted])) }
            guard isLast else {
                spans.append(Span("\(step.state.rawValue) \(time)", theme[.muted]))
                continue
            }
            let text = step.state.isTerminal ? step.state.label : "\(step.state.label) \(time)"
            spans.append(Span(text, theme.style(step.state.role, on: .background, .bold)))
        }
        if job.state.isTerminal, let start = job.startedAt, let end = job.endedAt {
            spans.append(Span(" after \(Figures.duration(end.timeIntervalSince(start)))", theme[.muted]))
        }
        return spans
    }

    private func progressText(isShort: Bool) -> String {
        guard let planned = counts.miniBatches, let fraction = counts.fraction else {
            return job.state == .queued ? "waiting" : "listing the input"
        }
        if isShort { return "\(Figures.percent(fraction)) · \(counts.finishedMiniBatches)/\(planned)" }
        return "\(Figures.percent(fraction)) · \(Figures.count(counts.finishedMiniBatches)) of "
            + Figures.count(planned, "mini-batch", plural: "mini-batches")
    }

    private func figures(_ scene: Scene) -> [Span] {
        let theme = scene.theme
        let estimate = ProgressEstimate(counts: counts, transitions: content.transitions, now: scene.now)
        var parts: [(String, String)] = []
        if let left = estimate?.secondsLeft { parts.append(("Time left", "about " + Figures.duration(left))) }
        if let rate = estimate?.rowsPerSecond { parts.append(("Speed", Figures.rate(rate) + " rows/s")) }
        if job.state.isTerminal, secondsRunning > 0 {
            parts.append(("Speed", Figures.rate(Double(counts.rows) / secondsRunning) + " rows/s"))
        }
        parts.append(("Rows", Figures.count(counts.rows)))
        parts.append(("Output", ByteSize.text(counts.bytes)))
        return Self.spans(parts, theme)
    }

    /// The time in which rows were scored, of all starts together.
    private var secondsRunning: Double {
        let steps = content.transitions
        return zip(steps, steps.dropFirst()).reduce(0) { sum, pair in
            pair.0.state == .running ? sum + pair.1.at.timeIntervalSince(pair.0.at) : sum
        }
    }

    private func files(_ theme: Theme) -> [Span] {
        let threshold = job.specification.settings.errorThreshold
        let limit = threshold < 0 ? "any number of failures is tolerated" : "threshold \(Figures.count(threshold))"
        let of = counts.files.map { " of " + Figures.count($0) } ?? ""
        let failedRole: Role = counts.failedFiles > 0 ? .error : .muted
        return [
            Span("Files  ", theme[.muted]), Span("✓ \(Figures.count(counts.succeededFiles)) ok", theme[.success]),
            Span("  ✗ \(Figures.count(counts.failedFiles)) failed", theme[failedRole]),
            Span("\(of) · \(limit)", theme[.muted]),
        ]
    }

    private static func spans(_ parts: [(String, String)], _ theme: Theme) -> [Span] {
        parts.enumerated().flatMap { index, part in
            [Span((index == 0 ? "" : "   ") + part.0 + " ", theme[.muted]), Span(part.1, theme[.text])]
        }
    }
}
