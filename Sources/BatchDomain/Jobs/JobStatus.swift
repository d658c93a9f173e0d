/// The state of a job as users judge it: completed with failed files is not the same as completed.
///
///     JobStatus(.completed, counts).label   // "! 2 of 3 files failed"
package struct JobStatus: Equatable, Sendable {
    /// Where the job is in its life.
    package var state: JobState
    /// Its files that failed.
    package var failedFiles: Int
    /// Its input files; nil until they are listed.
    package var files: Int?
    /// How far its predictions are from those of the baseline; nil where they were not compared.
    package var drift: ColumnDrift.Level?

    package init(_ state: JobState, _ counts: JobCounts = JobCounts(), drift: ColumnDrift.Level? = nil) {
        self.state = state
        self.drift = drift
        failedFiles = counts.failedFiles
        files = counts.files
    }

    /// True when the job completed although files failed.
    package var isPartial: Bool { state == .completed && failedFiles > 0 }

    /// True when its predictions differ from those of the baseline.
    package var hasDrift: Bool { state == .completed && (drift ?? .none) > .none }

    /// A sign for the status that does not depend on color.
    package var glyph: Character {
        if isPartial { return "!" }
        return switch state {
        case .completed: "✓"
        case .failed: "✗"
        case .canceled, .cancelRequested: "–"
        case .running, .finalizing: "●"
        case .paused: "‖"
        case .notResponding: "?"
        case .notStarted, .starting, .provisioning, .preparing, .queued: "…"
        }
    }

    /// The status in words: `2 of 3 files failed`, `Canceling`.
    package var words: String {
        guard isPartial else { return state.words }
        let all = Figures.count(failedFiles, "file")
        return (files.map { "\(Figures.count(failedFiles)) of \(Figures.count($0, "file"))" } ?? all) + " failed"
    }

    /// Sign and words, with a `~` where predictions differ from those of the baseline.
    package var label: String { "\(glyph) \(words)" + driftMark }

    /// ` ~` where predictions differ from those of the baseline.
    package var driftMark: String { hasDrift ? " ~" : "" }
}

extension JobState {
    /// The state in words for users; files and commands have Azure's spelling.
    package var words: String {
        switch self {
        case .notStarted: "Not started"
        case .cancelRequested: "Canceling"
        case .notResponding: "Not responding"
        case .starting, .provisioning, .preparing, .queued, .running, .finalizing, .completed, .failed, .canceled,
            .paused:
            rawValue
        }
    }
}

extension Job {
    /// The status with its failed files.
    package var status: JobStatus { JobStatus(state, counts, drift: drift?.level) }
}

extension JobOverview {
    /// The status with its failed files.
    package var status: JobStatus { JobStatus(state, counts, drift: drift) }
}
