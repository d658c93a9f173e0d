import BatchDomain
import TerminalKit

extension ScheduleRunOverview {
    /// The colour of the result.
    var role: Role {
        if let job { return job.status.role }
        return switch run.outcome {
        case .waiting: .queued
        case .started: .muted
        case .skipped, .missed: .canceled
        case .nothingNew: .muted
        case .failed: .error
        }
    }
}
