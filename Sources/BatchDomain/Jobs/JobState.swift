/// Azure's states of a job, in Azure's spelling.
package enum JobState: String, Sendable, Codable, CaseIterable {
    case notStarted = "NotStarted"
    case starting = "Starting"
    case provisioning = "Provisioning"
    case preparing = "Preparing"
    case queued = "Queued"
    case running = "Running"
    case finalizing = "Finalizing"
    case cancelRequested = "CancelRequested"
    case completed = "Completed"
    case failed = "Failed"
    case canceled = "Canceled"
    case notResponding = "NotResponding"
    case paused = "Paused"

    /// True when the job has ended.
    package var isTerminal: Bool {
        switch self {
        case .completed, .failed, .canceled: true
        case .notStarted, .starting, .provisioning, .preparing, .queued, .running, .finalizing, .cancelRequested,
            .notResponding, .paused:
            false
        }
    }

    /// The states that may follow this one.
    ///
    /// A job is queued again from any state that an executor held it in: that is how a kill is recovered from. One that has
    /// failed or was canceled is queued again when a user resumes it. Finalizing goes back to Running when rows are damaged.
    package var successors: Set<JobState> {
        switch self {
        case .notStarted, .starting, .provisioning: [.queued, .preparing, .failed, .canceled]
        case .queued: [.preparing, .cancelRequested, .canceled, .failed]
        case .preparing: [.queued, .running, .paused, .cancelRequested, .canceled, .failed]
        case .running: [.queued, .finalizing, .paused, .cancelRequested, .canceled, .failed]
        case .finalizing: [.queued, .running, .paused, .completed, .failed]
        case .paused: [.queued, .preparing, .running, .finalizing, .cancelRequested, .canceled, .failed]
        case .cancelRequested: [.canceled, .failed]
        case .notResponding: [.queued, .failed, .canceled]
        case .completed: []
        case .failed, .canceled: [.queued]
        }
    }

    /// Checks a step of a job's life.
    ///
    /// - Throws: ``StudioError`` when the life cycle has no such step.
    package func checkTransition(to next: JobState) throws(StudioError) {
        guard successors.contains(next) else {
            throw StudioError(.invalidState, "A job that is \(rawValue) can't become \(next.rawValue).")
        }
    }
}
