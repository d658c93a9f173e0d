import BatchDomain
import TerminalKit

extension JobState {
    /// The colour of the state.
    var role: Role {
        switch self {
        case .completed: .success
        case .failed: .error
        case .canceled, .cancelRequested: .canceled
        case .running, .finalizing: .running
        case .paused, .notResponding: .warning
        case .notStarted, .starting, .provisioning, .preparing, .queued: .queued
        }
    }

    /// Sign and word, so that colour is not the only one.
    var label: String { "\(glyph) \(rawValue)" }
}
