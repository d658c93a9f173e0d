import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization

/// Journals finished mini-batches, many at a time: their rows are made durable first, then one transaction records them.
///
/// While one group is being written the next one gathers, so groups grow with the load and a lone mini-batch does not wait.
/// Nobody waits for the disk but the writer's own task.
final class Journal: Sendable {
    private struct State {
        var waiting: [MiniBatchRecord] = []
        /// Segment files whose names are durable.
        var known: Set<String> = []
        var writer: Task<Void, Never>?
    }

    private let workspace: Workspace
    private let job: String
    private let segments: String
    private let onCommit: @Sendable (Result<JobCounts, any Error>) -> Void
    private let state = Mutex(State())

    /// Tells `onCommit` the job's counts after each group, or why a group could not be written: it stays waiting.
    init(
        workspace: Workspace,
        job: String,
        segments: String,
        onCommit: @escaping @Sendable (Result<JobCounts, any Error>) -> Void
    ) {
        self.workspace = workspace
        self.job = job
        self.segments = segments
        self.onCommit = onCommit
    }

    /// Takes a finished mini-batch.
    func add(_ record: MiniBatchRecord) {
        state.withLock { state in
            state.waiting.append(record)
            startWriter(&state)
        }
    }

    /// Tries again what could not be written.
    func retry() {
        state.withLock { startWriter(&$0) }
    }

    /// Waits until nothing is left to write, or writing is not possible.
    func flush() async {
        while let writer = state.withLock({ $0.writer }) { await writer.value }
    }

    private func startWriter(_ state: inout State) {
        guard state.writer == nil, !state.waiting.isEmpty else { return }
        state.writer = Task { await writeWaiting() }
    }

    private func writeWaiting() async {
        while true {
            let group = state.withLock { state in
                if state.waiting.isEmpty { state.writer = nil }
                return state.waiting
            }
            if group.isEmpty { return }
            do {
                let counts = try await write(group)
                state.withLock { $0.waiting.removeFirst(group.count) }
                onCommit(.success(counts))
            } catch {
                state.withLock { $0.writer = nil }
                onCommit(.failure(error))
                return
            }
        }
    }

    @concurrent
    private func write(_ group: [MiniBatchRecord]) async throws -> JobCounts {
        var files: Set<String> = []
        for case .done(let segment) in group.map(\.outcome) where segment.bytes > 0 { files.insert(segment.file) }
        for file in files { try DurableFile.sync(segments + "/" + file) }
        // A file is found again after a crash when its folder is on the disk as well.
        if !files.isSubset(of: state.withLock { $0.known }) { try DurableFile.sync(segments) }
        state.withLock { $0.known.formUnion(files) }
        return try await workspace.journal(group, of: job)
    }
}
