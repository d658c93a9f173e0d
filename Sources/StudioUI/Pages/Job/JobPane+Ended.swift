import BatchDomain
import DisplayText
import TerminalKit

/// The first tab of a job that has ended: its state and cause in full, then what is worth a look.
extension JobPane {
    /// Maximum failed files and output files that are shown.
    static let maxFiles = 5

    func drawEnded(in scene: Scene, on canvas: inout Canvas) {
        let area = Self.endedArea(scene)
        page.overviewPane.draw(endedLines(scene).lines, in: area, on: &canvas, theme: scene.theme)
    }

    /// The area of the lines.
    static func endedArea(_ scene: Scene) -> Rect { scene.area.inset(horizontal: 2) }

    /// The lines, and which of them are the map of mini-batches.
    func endedLines(_ scene: Scene) -> (lines: [[Span]], map: Range<Int>) {
        let theme = scene.theme
        let width = max(8, Self.endedArea(scene).width)
        var lines = [life(scene)]
        let causeRole: Role = job.state == .failed ? .error : .warning
        lines += (job.cause?.withoutCommands.wrapped(to: width) ?? []).map { [Span($0, theme[causeRole])] }
        lines += job.notes.flatMap { $0.wrapped(to: width) }.map { [Span($0, theme[.warning])] }
        lines.append([])
        if let fraction = counts.fraction, fraction < 1 {
            lines.append([Span("Stopped at " + progressText(isShort: false), theme[.text])])
        }
        lines += [files(theme), figures(scene)]
        addDrift(to: &lines, width: width, theme)
        addFailures(to: &lines, width: width, theme)
        addOutputs(to: &lines, width: width, theme)
        addTimes(to: &lines, width: width, theme)
        let map = addMap(to: &lines, width: width, theme)
        return (lines, map)
    }

    private func heading(_ text: String, _ theme: Theme) -> [[Span]] {
        [[], [Span(text, theme.style(.title, on: .background, .bold))]]
    }

    private func addDrift(to lines: inout [[Span]], width: Int, _ theme: Theme) {
        if content.isBaseline {
            let text = "Later jobs of \(job.specification.endpointName) are compared with this one: it is the baseline."
            lines += [[]] + text.wrapped(to: width).map { [Span($0, theme[.muted])] }
        }
        guard let drift = job.drift, job.state == .completed else { return }
        lines += heading("Drift from \(drift.baseline)", theme)
        if drift.columns.isEmpty {
            lines += drift.sentences.flatMap { $0.wrapped(to: width) }.map { [Span($0, theme[.muted])] }
        }
        for column in drift.columns.prefix(Self.maxFiles) {
            let role: Role = column.level == .warning ? .warning : .text
            for (row, text) in column.words.wrapped(to: max(8, width - 2)).enumerated() {
                lines.append([Span((row == 0 ? "~ " : "  ") + text, theme[role])])
            }
        }
        let others = drift.columns.count + drift.others - Self.maxFiles
        if others > 0 { lines.append([Span("… and \(Figures.count(others)) more: see Details", theme[.muted])]) }
    }

    private func addFailures(to lines: inout [[Span]], width: Int, _ theme: Theme) {
        let shown = page.firstFailures
        guard counts.failedFiles > 0, !shown.isEmpty else { return }
        lines += heading("Failed files", theme)
        for failure in shown {
            lines.append([Span("! ", theme[.warning]), Span(failure.file, theme[.text])])
            let reason = "\(failure.type): \(failure.message)".wrapped(to: width - 2)
            lines += reason.map { [Span("  " + $0, theme[.error])] }
        }
        let others = counts.failedFiles - shown.count
        if others > 0 { lines.append([Span("… and \(Figures.count(others)) more: see Errors", theme[.muted])]) }
    }

    private func addOutputs(to lines: inout [[Span]], width: Int, _ theme: Theme) {
        let files = page.outputs.rows ?? []
        guard !files.isEmpty else { return }
        lines += heading("Output", theme)
        for file in files.prefix(Self.maxFiles) {
            let size = ByteSize.text(file.bytes)
            for (row, part) in file.path.wrapped(to: max(8, width - 10)).enumerated() {
                let lead = row == 0 ? String(repeating: " ", count: max(0, 8 - size.count)) + size + "  " : "          "
                lines.append([Span(lead, theme[.muted]), Span(part, theme[.text])])
            }
        }
        let others = files.count - Self.maxFiles
        if others > 0 { lines.append([Span("… and \(Figures.count(others)) more: see Outputs", theme[.muted])]) }
    }

    private func addTimes(to lines: inout [[Span]], width: Int, _ theme: Theme) {
        lines += heading("Times", theme)
        lines += steps.joined(separator: " · ").wrapped(to: width).map { [Span($0, theme[.text])] }
        if let times = page.times, counts.finishedMiniBatches > 1 {
            let text =
                "A mini-batch took \(Figures.duration(times.mean)) on average, at most "
                + "\(Figures.duration(times.longest)) (\(Figures.count(times.slowest)))"
            lines += text.wrapped(to: width).map { [Span($0, theme[.text])] }
        }
        lines += chartLines(width: width, theme)
    }

    /// Adds the map of mini-batches; returns its lines.
    private func addMap(to lines: inout [[Span]], width: Int, _ theme: Theme) -> Range<Int> {
        guard let planned = counts.miniBatches, planned > 1 else { return lines.endIndex..<lines.endIndex }
        let rows = min(8, (planned + width - 1) / width)
        let ranges = TileMap.ranges(count: planned, in: Rect(x: 0, y: 0, width: width, height: rows))
        let tiles = page.map.tiles(of: ranges, running: [])
        lines += [[]] + [legend(ranges, theme)]
        let start = lines.endIndex
        for row in 0..<rows {
            lines.append(tiles.dropFirst(row * width).prefix(width).map { Span(String($0.glyph), theme[$0.role]) })
        }
        return start..<lines.endIndex
    }

    /// The mini-batches of the tile at a cell of the map; nil elsewhere.
    func endedTile(at cell: Point, _ scene: Scene) -> Range<Int>? {
        let area = Self.endedArea(scene)
        let (lines, map) = endedLines(scene)
        let line = cell.y - area.y + page.overviewPane.firstLine(of: lines.count, in: area)
        guard map.contains(line), area.contains(cell) else { return nil }
        let width = max(8, area.width)
        let place = Rect(x: 0, y: 0, width: width, height: map.count)
        let ranges = TileMap.ranges(count: counts.miniBatches ?? 0, in: place)
        let index = (line - map.lowerBound) * width + cell.x - area.x
        return ranges.indices.contains(index) ? ranges[index] : nil
    }
}
