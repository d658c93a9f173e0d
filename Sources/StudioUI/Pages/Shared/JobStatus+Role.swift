import BatchDomain
import TerminalKit

extension JobStatus {
    /// The colour of the status.
    var role: Role {
        if isPartial || (hasDrift && drift == .warning) { return .warning }
        return switch state {
        case .completed: .success
        case .failed: .error
        case .canceled, .cancelRequested: .canceled
        case .running, .finalizing: .running
        case .paused, .notResponding: .warning
        case .notStarted, .starting, .provisioning, .preparing, .queued: .queued
        }
    }
}

extension JobState {
    /// The colour of the state, its failed files aside.
    var role: Role { JobStatus(self).role }

    /// Sign and words, so that colour is not the only one.
    var label: String { JobStatus(self).label }
}
