import BatchDomain
import FoundationEssentials
import TerminalKit

extension DetailLines {
    /// What starts a schedule's jobs, and which.
    mutating func add(_ schedule: Schedule, _ scene: Scene) {
        field("State", schedule.stateText, role: schedule.isEnabled ? .success : .warning)
        field("Trigger", schedule.trigger.words)
        switch schedule.trigger {
        case .cron(let expression, _): field("Cron expression", expression.text)
        case .recurrence: break
        case .arrival(let rule):
            field("A file has arrived", "once it stood still for \(SpanText.text(rule.settle))")
            field("Files of one job", "those of \(SpanText.text(rule.collect))")
            field("Datastores", "listed every \(SpanText.text(rule.poll))")
        }
        field("Endpoint", schedule.target)
        field("Input", schedule.job.input.description, role: .link)
        field("Overlapping runs", schedule.overlap.title)
        if schedule.trigger.arrival == nil { field("Missed times", schedule.catchUp.title) }
    }

    /// The next times on the clocks of the schedule, and here where they differ.
    mutating func times(_ times: [Date], of schedule: Schedule, _ scene: Scene) {
        // The arrival of files has no time that is known before.
        guard schedule.trigger.arrival == nil else { return }
        let zone = schedule.timeZone
        heading(schedule.isEnabled ? "Next times" : "Next times, if it were enabled")
        guard !times.isEmpty else { return text("No time is left before its end.", role: .muted) }
        let clock = LocalTime { zone.zone.secondsFromGMT(for: $0) }
        let isElsewhere = times.contains { clock.secondsFromUTC($0) != scene.time.secondsFromUTC($0) }
        let rows = times.map { time in
            [DetailPart(clock.short(time, now: scene.now))]
                + (isElsewhere ? [DetailPart(scene.date(time), .muted)] : [])
                + [DetailPart(until(time, scene), .muted)]
        }
        table(DetailTable([zone.description] + (isElsewhere ? ["Here"] : []) + [""], rows))
    }

    private func until(_ time: Date, _ scene: Scene) -> String {
        let seconds = time.timeIntervalSince(scene.now)
        return seconds < 60 ? "now" : "in " + Figures.ago(seconds)
    }

    /// The results of runs as signs, and their figures as curves; the newest at the right.
    mutating func history(_ runs: [ScheduleRunOverview], _ scene: Scene) {
        guard !runs.isEmpty else {
            heading("Runs")
            return text("None yet.", role: .muted)
        }
        let runs = Array(runs.reversed())
        heading("Last \(Figures.count(runs.count, "run")), the newest at the right")
        let rows = TrendRows(width: scene.area.width - 4, count: runs.count)
        line(rows.title("Result") + runs.flatMap { rows.cell("\($0.glyph)", $0.role) })
        let jobs = runs.map(\.job)
        guard let last = jobs.last(where: { $0 != nil }) ?? nil else { return }
        let counts = last.counts
        line(rows.row("Rows", jobs.map { $0.map { Double($0.counts.rows) } }, last: Figures.count(counts.rows)))
        line(
            rows.row(
                "Failed",
                jobs.map { $0.map { Double($0.counts.failedFiles) } },
                last: Figures.count(counts.failedFiles, "file"),
                role: .warning
            )
        )
        let now = scene.now
        line(rows.row("Duration", jobs.map { $0?.duration(now: now) }, last: last.durationText(now: now)))
    }

    /// Runs in a small table, the newest first.
    mutating func runs(_ runs: [ScheduleRunOverview], _ scene: Scene) {
        guard !runs.isEmpty else { return }
        blank()
        let rows = runs.map { overview in
            [
                DetailPart(String(overview.run.number), .muted), DetailPart(scene.date(overview.run.dueAt)),
                DetailPart(overview.label, overview.role),
                DetailPart(overview.job?.durationText(now: scene.now) ?? "–"),
            ]
        }
        table(DetailTable(["Run", "Due", "Result", "Took"], rows, numbers: [0, 3]))
    }

    /// The schedule that starts a job of an endpoint next; nothing where none does.
    mutating func nextSchedule(of schedules: [Schedule], _ scene: Scene) {
        guard !schedules.isEmpty else { return }
        let due = schedules.filter { $0.isEnabled && $0.nextAt != nil }
            .min { ($0.nextAt ?? .distantFuture) < ($1.nextAt ?? .distantFuture) }
        let others = schedules.count - 1
        let more = others > 0 ? " and \(Figures.count(others)) more" : ""
        let arrival = schedules.first { $0.isEnabled && $0.trigger.arrival != nil }
        if let due = due ?? arrival {
            field("Next schedule", "\(due.name), \(due.nextText(scene))\(more)")
        } else {
            field("Next schedule", "none: \(schedules[0].name)\(more) disabled or over", role: .muted)
        }
    }
}
