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
    /// The maximum number of lines for what is attempted again.
    private static let retryLines = 2

    var job: Job { content.job }
    var counts: JobCounts { content.job.counts }
    var progress: JobProgress { content.progress }

    /// Where the parts stand.
    struct Places {
        var head: Rect
        var map: Rect
        var workers: Rect
    }

    /// On a low screen the curve and the legend of the map go first.
    static func isTight(_ area: Rect) -> Bool { area.height < 12 }

    /// Rows of the head above the curve: state, progress, figures, files.
    private static let headRows = 4

    func places(in area: Rect, _ theme: Theme) -> Places {
        let isTight = Self.isTight(area)
        let chart = isTight ? 0 : chart(in: area, theme).count
        let area = area.inset(horizontal: 2)
        let warnings = warnings(width: area.width, isTight: isTight).count
        let lines = Self.headRows + warnings + (isTight ? 0 : chart + 1)
        let (head, rest) = area.splitTop(min(lines, area.height))
        let listed = WorkerRow.rows(of: content.workers).count
        let workers = listed == 0 ? 0 : min(listed + 2, max(3, rest.height / 2))
        let frame = isTight ? 0 : 2
        let room = max(0, rest.height - (isTight ? 0 : workers) - frame)
        let rows = min(room, max(1, ((counts.miniBatches ?? 0) + max(1, area.width) - 1) / max(1, area.width)))
        let (map, below) = rest.splitTop(counts.miniBatches == nil ? 0 : rows + frame)
        return Places(head: head, map: map, workers: below.splitTop(workers).top)
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        if job.state.isTerminal { return drawEnded(in: scene, on: &canvas) }
        let places = places(in: scene.area, scene.theme)
        drawHead(in: scene.at(places.head), isTight: Self.isTight(scene.area), of: scene.area, on: &canvas)
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

    private func drawHead(in scene: Scene, isTight: Bool, of whole: Rect, on canvas: inout Canvas) {
        let theme = scene.theme
        let area = scene.area
        canvas.write(life(scene), x: area.x, y: area.y, clip: area.row(0))
        var above = 0
        for warning in warnings(width: area.width, isTight: isTight) {
            above += 1
            canvas.line(warning, in: area.row(above), style: theme[.warning])
        }
        ProgressBar(progress.fraction, label: progressText(isShort: area.width < 60), role: .progress)
            .draw(in: area.row(1 + above), on: &canvas, theme: theme)
        canvas.write(figures(scene), x: area.x, y: area.y + 2 + above, clip: area.row(2 + above))
        canvas.write(files(theme), x: area.x, y: area.y + 3 + above, clip: area.row(3 + above))
        guard !isTight else { return }
        for (row, line) in chart(in: whole, theme).enumerated() {
            canvas.write(line, x: area.x, y: area.y + 4 + above + row, clip: area.row(4 + above + row))
        }
    }

    /// The curve of the speed: with its axis where there is room for it.
    private func chart(in area: Rect, _ theme: Theme) -> [[Span]] {
        guard !page.speed.rows.isEmpty else {
            let text = job.state == .running ? "watching…" : "not measured"
            return [[Span("Rows/s  ", theme[.muted]), Span(text, theme[.muted])]]
        }
        let lines = chartLines(width: area.width - 4, theme)
        return area.height < 18 ? Array(lines.prefix(1)) : lines
    }

    /// The curve of the speed with its axis.
    func chartLines(width: Int, _ theme: Theme) -> [[Span]] {
        let seconds = Double(page.speed.rows.count)
        let share = secondsRunning > 0 ? min(1, seconds / secondsRunning) : 1
        let miniBatches = Int(Double(counts.finishedMiniBatches) * share)
        return JobChart(rows: page.speed.rows, miniBatches: miniBatches).lines(width: width, theme: theme)
    }

    /// The job's cause, as many lines as there is room for; the tab of details has all of it.
    private func cause(width: Int, isTight: Bool) -> [String] {
        let lines = job.cause?.withoutCommands.wrapped(to: max(8, width)) ?? []
        let room = isTight ? 1 : Self.causeLines
        guard lines.count > room else { return lines }
        let more = "… see Details"
        var last = lines[room - 1].fitted(to: max(0, width - more.displayWidth))
        while let end = last.last, end == "…" || end == " " { last.removeLast() }
        return lines.prefix(room - 1) + [last + more]
    }

    /// What to know of the job before its progress: its cause, its notes, the mini-batches that are attempted again.
    private func warnings(width: Int, isTight: Bool) -> [String] {
        cause(width: width, isTight: isTight) + notes(isTight: isTight) + retries(width: width, isTight: isTight)
    }

    /// The mini-batches that are attempted again, the one with the fewest attempts left in words.
    private func retries(width: Int, isTight: Bool) -> [String] {
        guard let worst = page.retries.max(by: { ($0.attempt ?? 0) < ($1.attempt ?? 0) }), let error = worst.lastError,
            let attempt = worst.attempt
        else { return [] }
        let place = worst.file ?? worst.miniBatch.map { "mini-batch \(Figures.count($0))" } ?? ""
        let others = page.retries.count - 1
        let more = others > 0 ? " (and \(Figures.count(others)) more)" : ""
        let text = "Attempt \(attempt) of \(job.specification.settings.attempts): \(place)\(more), last: \(error)"
        return Array(text.wrapped(to: max(8, width)).prefix(isTight ? 1 : Self.retryLines))
    }

    /// The job's notes, as many lines as there is room for; the tab of details has all of them.
    private func notes(isTight: Bool) -> [String] {
        let room = isTight ? 1 : Self.noteLines
        guard job.notes.count > room else { return job.notes }
        let shown = job.notes.prefix(room - 1)
        let others = job.notes.count - shown.count
        return shown + ["\(others) \(shown.isEmpty ? "notes" : "more notes"): see Details"]
    }

    /// The state and its time, the last one still counting, then the states before.
    func life(_ scene: Scene) -> [Span] {
        let theme = scene.theme
        let status = job.status
        var spans = [Span(status.label, theme.style(status.role, on: .background, .bold))]
        if job.state.isTerminal {
            if let start = job.startedAt, let end = job.endedAt {
                spans.append(Span(" after \(Figures.duration(end.timeIntervalSince(start)))", theme[.muted]))
            }
        } else if let last = content.transitions.last {
            spans.append(Span(" " + Figures.duration(max(0, scene.now.timeIntervalSince(last.at))), theme[.text]))
            let before = steps.dropLast()
            if !before.isEmpty { spans.append(Span("   after " + before.joined(separator: " › "), theme[.muted])) }
            let pending = content.workers.count { $0.activity == "pending" }
            if pending > 0 {
                let text = " · waiting for \(pending) of \(Figures.count(content.workers.count, "worker"))"
                spans.insert(Span(text, theme[.warning]), at: 2)
            }
        }
        if let run = content.run {
            let place = min(2, spans.endIndex)
            spans.insert(Span("   started by \(run.title)", theme[.muted]), at: place)
        }
        return spans
    }

    /// The states that the job went through, each with its time.
    var steps: [String] {
        let steps = content.transitions.suffix(8)
        return zip(steps.indices, steps).compactMap { index, step in
            if step.state.isTerminal { return nil }
            let end = index == steps.endIndex - 1 ? (job.endedAt ?? step.at) : steps[index + 1].at
            return "\(step.state.words) \(Figures.duration(max(0, end.timeIntervalSince(step.at))))"
        }
    }

    func progressText(isShort: Bool) -> String {
        guard let planned = counts.miniBatches, let fraction = progress.fraction else {
            return job.state == .queued ? "waiting" : "listing the input, splitting large files"
        }
        if isShort { return "\(Figures.percent(fraction)) · \(counts.finishedMiniBatches)/\(planned)" }
        return "\(Figures.percent(fraction)) · \(Figures.count(counts.finishedMiniBatches)) of "
            + Figures.count(planned, "mini-batch", plural: "mini-batches")
    }

    func figures(_ scene: Scene) -> [Span] {
        let theme = scene.theme
        let estimate = ProgressEstimate(progress, transitions: content.transitions, now: scene.now)
        var parts: [(String, String)] = []
        if let left = page.timeLeft.seconds ?? estimate?.secondsLeft {
            parts.append(("Time left", "about " + Figures.duration(left)))
        }
        if let rate = estimate?.rowsPerSecond { parts.append(("Speed", Figures.rate(rate) + " rows/s")) }
        if job.state.isTerminal, secondsRunning > 0 {
            parts.append(("Speed", Figures.rate(Double(counts.rows) / secondsRunning) + " rows/s"))
        }
        parts.append(("Rows", Figures.count(progress.rows)))
        parts.append(("Output", ByteSize.text(progress.bytes)))
        return Self.spans(parts, theme)
    }

    /// The time in which rows were scored, of all starts together.
    var secondsRunning: Double {
        let steps = content.transitions
        return zip(steps, steps.dropFirst()).reduce(0) { sum, pair in
            pair.0.state == .running ? sum + pair.1.at.timeIntervalSince(pair.0.at) : sum
        }
    }

    func files(_ theme: Theme) -> [Span] {
        let threshold = job.specification.settings.errorThreshold
        let limit = threshold < 0 ? "no failure limit" : "at most \(Figures.count(threshold)) may fail"
        var of = counts.files.map { " of " + Figures.count($0) } ?? ""
        // Only parts of files make more mini-batches than there are files.
        if let files = counts.files, let planned = counts.miniBatches, planned > files {
            of += ", in \(Figures.count(planned)) parts"
        }
        let failedRole: Role = counts.failedFiles > 0 ? .warning : .muted
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
