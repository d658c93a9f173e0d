import BatchDomain
import BatchWorkers
import BatchWorkspace

/// The backoff of a job while a disk is full, or a cluster can't be reached: each pause without progress in between is longer than the last.
struct Pause {
    private static let shortest: Duration = .milliseconds(200)
    private static let longest: Duration = .seconds(30)

    private var until: SuspendingClock.Instant?
    private var length = shortest
    /// True when the workspace has recorded that the job is Paused.
    private(set) var isRecorded = false
    /// True when the job waits for its cluster.
    private(set) var awaitsCluster = false
    private var isAttempting = false

    /// True while the job is paused.
    var isOn: Bool { until != nil }

    func isOver(at now: SuspendingClock.Instant) -> Bool { !isAttempting && until.map { now >= $0 } ?? false }

    /// Notes that what is waited for is attempted now.
    mutating func attempt() { isAttempting = true }

    mutating func begin(at now: SuspendingClock.Instant, isRecorded: Bool, awaitsCluster: Bool = false) {
        self.awaitsCluster = awaitsCluster
        isAttempting = false
        until = now + length
        length = min(length * 2, Self.longest)
        self.isRecorded = isRecorded
    }

    mutating func end() {
        until = nil
        isRecorded = false
        awaitsCluster = false
        isAttempting = false
    }

    /// Has the next pause be short again.
    mutating func madeProgress() {
        length = Self.shortest
    }
}

/// A reason for a job to pause: it resumes by itself.
struct PauseReason: Error, CustomStringConvertible {
    /// The sentence for the user.
    let description: String
    /// True when a cluster can't be reached.
    let isOfCluster: Bool

    init(_ description: String) {
        self.description = description
        isOfCluster = false
    }

    init(_ unreachable: ClusterUnreachable) {
        description = "Cluster unreachable. \(unreachable) The job resumes when it can be reached."
        isOfCluster = true
    }
}

/// A transition of a job that could not be recorded in the workspace: the job is resumed later.
struct Unrecorded: Error, CustomStringConvertible {
    /// The state that the job was to enter.
    var state: JobState

    var description: String { "The workspace can't be written now; the job was to become \(state.rawValue)." }
}

extension Workspace {
    /// Takes a job a step on, unless the workspace can't be written now; false then.
    ///
    /// - Throws: ``StudioError`` when the life cycle has no such step, for example because the user canceled the job.
    func setStateIfPossible(of job: String, to state: JobState, cause: String? = nil) async throws -> Bool {
        do {
            try await setState(of: job, to: state, cause: cause)
            return true
        } catch let error as StudioError {
            throw error
        } catch {
            return false
        }
    }
}
