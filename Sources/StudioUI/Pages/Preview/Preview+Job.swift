import BatchDomain
import FoundationEssentials
import TerminalKit

extension Preview {
    /// A job: how it went, and what failed first.
    static func job(_ row: JobOverview) -> Preview {
        Preview(title: row.title, subject: .job(row.name)) { content, scene in
            var lines = DetailLines()
            lines.progress(of: row, scene)
            if let cause = row.cause?.withoutCommands {
                lines.text(cause, role: row.state == .failed ? .error : .warning)
            }
            lines.figures(of: row)
            var content = content
            // The row is newer than what was known of the job before.
            if case .job(let known, _, _)? = content, known.job.state != row.state { content = nil }
            guard case .job(let known, let failures, let profile)? = content else { return lines }
            let estimate = ProgressEstimate(row.progress, transitions: known.transitions, now: scene.now)
            if let left = estimate?.secondsLeft { lines.field("Time left", "about " + Figures.duration(left)) }
            let job = known.job
            if let profile { lines.add(profile) }
            lines.heading("Job")
            lines.field("Name", job.name)
            if row.title != job.displayName { lines.field("Display name", job.displayName) }
            lines.field("Deployment", "\(row.endpointName) › \(row.deploymentName)")
            lines.field("Model", job.specification.model.short)
            lines.field("Input", job.specification.input.reference.description)
            lines.field("Submitted", scene.time.full(job.createdAt), role: .muted)
            if let run = known.run { lines.field("Started by", run.title) }
            lines.field("Output", job.specification.output.file ?? job.specification.output.folder, role: .link)
            if let drift = job.drift, job.status.hasDrift {
                lines.heading("Drift from \(drift.baseline)")
                for column in drift.columns.prefix(JobPane.maxFiles) {
                    lines.text("~ " + column.words, role: column.level == .warning ? .warning : .text)
                }
            }
            if !job.notes.isEmpty {
                lines.heading("Notes")
                for note in job.notes { lines.text(note, role: .warning) }
            }
            lines.add(failures, of: row.counts.failedFiles)
            return lines
        }
    }
}

extension DetailLines {
    /// The counts of a job.
    fileprivate mutating func figures(of job: JobOverview) {
        let counts = job.counts
        var parts = [DetailPart("✓ \(Figures.count(counts.succeededFiles)) ok", .success)]
        let role: Role = counts.failedFiles == 0 ? .muted : job.state == .completed ? .warning : .error
        let sign = counts.failedFiles > 0 && job.state == .completed ? "!" : "✗"
        parts.append(DetailPart("   \(sign) \(Figures.count(counts.failedFiles)) failed", role))
        if let files = counts.files { parts.append(DetailPart("   of \(Figures.count(files, "file"))", .muted)) }
        line(parts)
        line([
            DetailPart(Figures.count(job.progress.rows)), DetailPart(" rows   ", .muted),
            DetailPart(ByteSize.text(job.progress.bytes)),
        ])
    }

    /// A line for each of the first columns of a job's predictions: the commonest values, or the mean and the range.
    fileprivate mutating func add(_ profile: Profile) {
        guard !profile.columns.isEmpty else { return }
        heading("Predictions")
        for column in profile.columns.prefix(PreviewContent.columnCount) { field(column.name, column.summary) }
        let others = profile.columns.count - PreviewContent.columnCount
        if others > 0 { text("… and \(Figures.count(others, "other column")): o opens the results", role: .muted) }
    }

    fileprivate mutating func add(_ failures: [FileFailure], of count: Int) {
        guard !failures.isEmpty else { return }
        heading("First failures")
        for failure in failures {
            text("✗ " + failure.file)
            text("  \(failure.type): \(failure.message)", role: .error)
        }
        if count > failures.count { text("… and \(Figures.count(count - failures.count)) more", role: .muted) }
    }
}

extension ColumnProfile {
    /// The commonest values with their shares, or the mean and the range of numbers.
    fileprivate var summary: String {
        if let numbers, !isClasses {
            return "mean \(text(of: numbers.mean)), \(text(of: numbers.min)) to \(text(of: numbers.max))"
        }
        let shown = values.prefix(3).map { "\($0.text) \(Figures.percent(share(of: $0.text)))" }
        guard !shown.isEmpty else { return "\(Figures.count(count, "value")), too many to list" }
        return shown.joined(separator: " · ") + (values.count > shown.count ? " · …" : "")
    }
}
