import BatchDomain
import FoundationEssentials
import StudioCore
import TerminalKit

/// The text of the home page, in one column or in two.
struct HomeLines {
    private let content: HomeContent
    private let disk: DiskUse?
    private let scene: Scene
    /// The width of a column.
    private let width: Int
    private(set) var columns: [[HomeLine]] = []

    /// The narrowest page with two columns.
    private static let wide = 140

    init(_ content: HomeContent, _ disk: DiskUse?, in scene: Scene) {
        (self.content, self.disk, self.scene) = (content, disk, scene)
        let isWide = scene.area.width >= Self.wide
        width = isWide ? scene.area.width / 2 : scene.area.width
        let left = steps + running + troubled
        columns = isWide ? [left, endpoints + space] : [left + endpoints + space]
    }

    // MARK: Groups

    private var steps: [HomeLine] {
        guard content.isNew else { return [] }
        var lines: [HomeLine] = [.heading("First steps", "one key each")]
        for step in HomeStep.allCases {
            let isDone = step.isDone(in: content)
            var cells = [
                HomeCell(isDone ? "✓" : step.key, isDone ? .success : .key, width: 1),
                HomeCell(step.title, isDone ? .muted : .text, width: 19),
            ]
            if width >= 60 { cells.append(HomeCell(step.help, .muted)) }
            lines.append(.row(.step(step), cells))
        }
        if !content.hasModels {
            var cells = [HomeCell("s", .key, width: 1), HomeCell("Set up a sample", width: 19)]
            if width >= 60 { cells.append(HomeCell("no model at hand? this trains a small one on wines", .muted)) }
            lines += [.blank, .row(.sample, cells)]
        }
        return lines + [.blank]
    }

    private var running: [HomeLine] {
        guard content.hasJobs else { return [] }
        let jobs = content.unfinished
        let waiting = jobs.count { $0.startedAt == nil }
        let counts = [(jobs.count - waiting, "running"), (waiting, "waiting")].filter { $0.0 > 0 }
        let remark = counts.map { "\(Figures.count($0.0)) \($0.1)" }.joined(separator: ", ")
        let rows = jobs.map { job -> HomeLine in
            var cells = [HomeCell("\(job.status.glyph) \(job.title)", job.status.role, weight: 2)]
            if width >= 90 { cells.append(HomeCell(job.endpointName, .muted)) }
            if width >= 60 { cells.append(HomeCell(bar: job.progress.fraction, width: width >= 90 ? 24 : 14)) }
            let fraction = job.progress.fraction.map(Figures.percent)
            cells += [
                HomeCell(fraction ?? job.state.words, width: 10, alignment: .trailing),
                HomeCell(job.durationText(now: scene.now), .muted, width: 9, alignment: .trailing),
            ]
            return .row(.job(job.name), cells)
        }
        return [.heading("Running", remark)] + (rows.isEmpty ? [.text("No job runs or waits.", .muted)] : rows) + [
            .blank
        ]
    }

    private var troubled: [HomeLine] {
        guard content.hasJobs else { return [] }
        let rows = content.shownTroubled.map { job -> HomeLine in
            var cells = [HomeCell("\(job.status.glyph) \(job.title)", job.status.role)]
            if width >= 90 { cells.append(HomeCell(job.endpointName, .muted)) }
            cells.append(HomeCell(job.state == .failed ? job.cause ?? job.status.words : job.status.words))
            let ago = Figures.ago(scene.now.timeIntervalSince(job.endedAt ?? job.createdAt))
            cells.append(HomeCell(ago, .muted, width: 4, alignment: .trailing))
            return .row(.job(job.name), cells)
        }
        return [.heading("Last failures", "")] + (rows.isEmpty ? [.text("No job failed lately.", .muted)] : rows) + [
            .blank
        ]
    }

    private var endpoints: [HomeLine] {
        guard !content.endpoints.isEmpty else { return [] }
        let rows = content.endpoints.map { row -> HomeLine in
            var cells = [HomeCell(row.endpoint.name)]
            if width >= 60 { cells.append(HomeCell(row.endpoint.defaultDeployment ?? "no deployment yet", .muted)) }
            let job = row.lastJob
            let ago = job.map { Figures.ago(scene.now.timeIntervalSince($0.endedAt ?? $0.createdAt)) }
            cells += [
                HomeCell(job?.shortStatus ?? "never run", job?.status.role ?? .muted, width: 16),
                HomeCell(ago ?? "", .muted, width: 4, alignment: .trailing),
            ]
            return .row(.endpoint(row.endpoint.name), cells)
        }
        return [.heading("Endpoints", "by last use")] + rows + [.blank]
    }

    private var space: [HomeLine] {
        guard let disk else { return [.heading("Disk", ""), .text("…", .muted)] }
        let isScarce = disk.free.map { $0 < 2_000_000_000 } ?? false
        let free = disk.free.map { ByteSize.text($0) + " free" } ?? ""
        let cache = disk.inputCache > 0 ? ", of which \(ByteSize.text(disk.inputCache)) are fetched inputs" : ""
        let environments = disk.environments.map { bytes in
            HomeLine.text("\(ByteSize.text(bytes)) in Python environments, for all workspaces", .muted)
        }
        return [
            .heading("Disk", ""),
            .text("\(isScarce ? "! " : "")\(free)", isScarce ? .warning : .text),
            .text("\(ByteSize.text(disk.workspace)) in this workspace\(cache)", .muted),
        ] + [environments].compactMap { $0 }
    }
}
