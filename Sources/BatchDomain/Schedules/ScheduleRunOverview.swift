/// A run of a schedule with the job that it started, as histories show it.
package struct ScheduleRunOverview: Equatable, Sendable {
    /// The run.
    package var run: ScheduleRun
    /// Its job; nil where it started none, or where the job is deleted.
    package var job: JobOverview?

    package init(_ run: ScheduleRun, job: JobOverview? = nil) {
        self.run = run
        self.job = job
    }

    /// A sign for the result that does not depend on color.
    package var glyph: Character { job?.status.glyph ?? run.outcome.glyph }

    /// The result in words: those of the job where there is one.
    package var words: String { job?.state.words ?? run.outcome.words }

    /// Sign and words, with a `~` where the job's predictions differ from those of the baseline.
    package var label: String { "\(glyph) \(words)" + (job?.status.driftMark ?? "") }
}

extension ScheduleRun.Outcome {
    /// A sign for the outcome of a run without a job.
    fileprivate var glyph: Character {
        switch self {
        case .waiting: "…"
        case .started: "·"
        case .skipped, .nothingNew, .missed: "–"
        case .failed: "✗"
        }
    }

    /// The outcome of a run without a job, in words.
    fileprivate var words: String {
        switch self {
        case .waiting, .skipped, .missed: rawValue
        case .nothingNew: "Nothing new"
        case .started: "Job deleted"
        case .failed: "No job"
        }
    }
}

extension ScheduleRun {
    /// The schedule and the number: "nightly, run 31".
    package var title: String { "\(schedule), run \(Figures.count(number))" }
}
