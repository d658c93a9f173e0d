import BatchDomain
import BatchWorkspace
import Foundation
import Synchronization

/// Journals finished mini-batches, many at a time: their rows are made durable first, then one transaction records them.
///
/// While one group is being written the next one gathers, so groups grow with the load and a lone mini-batch does not wait.
actor Journal {
    private let workspace: Workspace
    private let job: String
    private let segments: String
    private let onCommit: @Sendable (Result<JobCounts, any Error>) -> Void
    private var waiting: [MiniBatchRecord] = []
    private var writer: Task<Void, Never>?

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
        waiting.append(record)
        writeWaiting()
    }

    /// Tries again what could not be written.
    func retry() {
        writeWaiting()
    }

    /// Waits until nothing is left to write, or writing is not possible.
    func flush() async {
        while let writer { await writer.value }
    }

    private func writeWaiting() {
        guard writer == nil, !waiting.isEmpty else { return }
        writer = Task {
            while !waiting.isEmpty {
                let group = waiting
                do {
                    try await write(group)
                    waiting.removeFirst(group.count)
                } catch {
                    onCommit(.failure(error))
                    break
                }
            }
            writer = nil
        }
    }

    private func write(_ group: [MiniBatchRecord]) async throws {
        var files: Set<String> = []
        for case .done(let segment) in group.map(\.outcome) where segment.bytes > 0 { files.insert(segment.file) }
        for file in files { try DurableFile.sync(segments + "/" + file) }
        onCommit(.success(try await workspace.journal(group, of: job)))
    }
}
