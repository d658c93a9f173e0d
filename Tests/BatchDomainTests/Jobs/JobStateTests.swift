import BatchDomain
import Testing

struct JobStateTests {
    /// The life cycle as a table, written apart from the code that it checks.
    private static let lives: [JobState: Set<JobState>] = [
        .notStarted: [.queued, .preparing, .failed, .canceled],
        .starting: [.queued, .preparing, .failed, .canceled],
        .provisioning: [.queued, .preparing, .failed, .canceled],
        .queued: [.preparing, .cancelRequested, .canceled, .failed],
        .preparing: [.queued, .running, .paused, .cancelRequested, .canceled, .failed],
        .running: [.queued, .finalizing, .paused, .cancelRequested, .canceled, .failed],
        .finalizing: [.queued, .running, .paused, .completed, .failed],
        .paused: [.queued, .preparing, .running, .finalizing, .cancelRequested, .canceled, .failed],
        .cancelRequested: [.canceled, .failed],
        .notResponding: [.queued, .failed, .canceled],
        .completed: [],
        .failed: [.queued],
        .canceled: [.queued],
    ]

    @Test(arguments: JobState.allCases, JobState.allCases)
    func `A step is taken exactly when the life cycle has it`(state: JobState, next: JobState) throws {
        let isAllowed = try #require(Self.lives[state]).contains(next)
        do {
            try state.checkTransition(to: next)
            #expect(isAllowed)
        } catch {
            #expect(!isAllowed)
            #expect(error.code == .invalidState)
        }
    }

    @Test func `The way of a job that succeeds is open`() throws {
        let way: [JobState] = [.queued, .preparing, .running, .finalizing, .completed]
        for (state, next) in zip(way, way.dropFirst()) { try state.checkTransition(to: next) }
    }

    @Test(arguments: JobState.allCases)
    func `Only the three ends are ends`(state: JobState) {
        #expect(state.isTerminal == [.completed, .failed, .canceled].contains(state))
    }

    @Test(arguments: JobState.allCases)
    func `From every state but the ends an end can be reached`(state: JobState) {
        #expect(state.isTerminal || state.successors.contains { $0.isTerminal })
    }

    @Test(arguments: [JobState.preparing, .running, .finalizing, .paused])
    func `What an executor held is queued again after a kill`(state: JobState) {
        #expect(state.successors.contains(.queued))
    }

    @Test(arguments: JobState.allCases)
    func `The spelling is Azure's`(state: JobState) {
        #expect(state.rawValue.first?.isUppercase == true)
        #expect(JobState(rawValue: state.rawValue) == state)
    }
}
