import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization

/// Counts the files of schedules that are due and score what is new, while the executor does other work.
final class DueCounts: Sendable {
    private struct State {
        var running: [String: Task<Void, Never>] = [:]
        var counts: [String: Result<NewFileCount, StudioError>] = [:]
    }

    private let workspace: Workspace
    private let look: InputLook
    private let wake: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - workspace: The workspace.
    ///   - environments: How the environment of remote listings is provided.
    ///   - wake: Called when a count is there.
    init(
        _ workspace: Workspace,
        environments: @escaping EnvironmentProvider,
        wake: @escaping @Sendable () -> Void
    ) {
        self.workspace = workspace
        self.wake = wake
        let variables = ProcessInfo.processInfo.environment
        look = InputLook(in: workspace, variables: variables, environments: environments)
    }

    /// The counts that are there, each once.
    func take() -> [String: Result<NewFileCount, StudioError>] {
        state.withLock { state in
            defer { state.counts = [:] }
            return state.counts
        }
    }

    /// Begins to count the files of a schedule, unless that has begun.
    func begin(_ schedule: Schedule) {
        state.withLock { state in
            if state.running[schedule.name] != nil { return }
            state.running[schedule.name] = Task { [self] in
                let count = await count(schedule)
                self.state.withLock { state in
                    state.running[schedule.name] = nil
                    state.counts[schedule.name] = count
                }
                wake()
            }
        }
    }

    func stop() { state.withLock { for task in $0.running.values { task.cancel() } } }

    private func count(_ schedule: Schedule) async -> Result<NewFileCount, StudioError> {
        do {
            let specification = try await workspace.specification(ofScheduled: schedule)
            return .success(try await look.count(specification, given: schedule.job.input))
        } catch let error as StudioError {
            return .failure(error)
        } catch {
            return .failure(StudioError(.file, "\(error)"))
        }
    }
}
