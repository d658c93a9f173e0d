import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Synchronization
import SystemKit

/// Journals finished mini-batches, many at a time: their rows are made durable first, then one transaction records them.
///
/// While one group is being written the next one gathers, so groups grow with the load. A lone mini-batch does not wait, and
/// those that follow quickly wait for each other: a group costs a processor that workers need, however few are in it.
/// Only the writer's own task waits for the disk.
final class Journal: Sendable {
    private struct State {
        var waiting: [MiniBatchRecord] = []
        /// Segment files whose names are durable.
        var known: Set<String> = []
        /// Segment files that could not be made durable once.
        var refused: [String: any Error] = [:]
        var writer: Task<Void, Never>?
        /// When the last group was begun.
        var lastGroup: ContinuousClock.Instant?
        /// The writer's wait for more.
        var gathering: Task<Void, Never>?
        var isHurried = false
        /// Calls of `onCommit` so far.
        var commits = 0
    }

    /// From the start of one group to that of the next.
    private static let interval: Duration = .milliseconds(50)
    /// How many files are made durable at the same time: the file system writes its own journal once for all of them.
    private static let lanes = 8

    private let workspace: Workspace
    private let job: String
    private let segments: String
    private let sync: @Sendable (String) throws -> Void
    private let onCommit: @Sendable (Result<JobCounts, any Error>) -> Void
    private let state = Mutex(State())

    /// Calls `onCommit` with the job's counts after each group, or with why a group could not be written: it stays pending.
    ///
    /// Mini-batches of a file that could not be made durable do not stay: ``LostRows`` names them.
    init(
        workspace: Workspace,
        job: String,
        segments: String,
        sync: @escaping @Sendable (String) throws -> Void = { try DurableFile.sync($0) },
        onCommit: @escaping @Sendable (Result<JobCounts, any Error>) -> Void
    ) {
        self.workspace = workspace
        self.job = job
        self.segments = segments
        self.sync = sync
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

    /// Has all be written without a wait for more: nothing is left to be scored.
    func hurry() {
        state.withLock { state in
            state.isHurried = true
            state.gathering?.cancel()
        }
    }

    /// How many times `onCommit` has been called.
    var commits: Int { state.withLock { $0.commits } }

    /// Failed files of the mini-batches that wait to be written; one that is split counts once, and not when it is among those
    /// known, which are named by their first parts.
    func waitingFailures(besides known: Set<Int>) -> Int {
        state.withLock { state in
            var parted = known
            return state.waiting.reduce(0) { count, record in
                guard let part = record.part else { return count + record.failedFiles }
                let isOneMore = record.failedFiles > 0 && parted.insert(part.parts.lowerBound).inserted
                return count + (isOneMore ? 1 : 0)
            }
        }
    }

    /// Removes mini-batches that ``flush()`` could not write: they are scored again.
    func withdraw(_ ids: Set<Int>) {
        state.withLock { state in
            precondition(state.writer == nil, "mini-batches are withdrawn while they are written")
            state.waiting.removeAll { ids.contains($0.id) }
            state.isHurried = false
        }
    }

    /// Waits until nothing is left to write, or writing is not possible.
    func flush() async {
        hurry()
        while let writer = state.withLock({ $0.writer }) { await writer.value }
    }

    private func startWriter(_ state: inout State) {
        guard state.writer == nil, !state.waiting.isEmpty else { return }
        state.writer = Task { await writeWaiting() }
    }

    /// Waits for more to be written together, if the last group was begun just now.
    private func gather() async {
        let gathering = state.withLock { state -> Task<Void, Never>? in
            guard let last = state.lastGroup, !state.isHurried else { return nil }
            let gathering = Task<Void, Never> {
                // Canceled, it has no more to wait for.
                try? await Task.sleep(until: last + Self.interval, clock: .continuous)
            }
            state.gathering = gathering
            return gathering
        }
        await gathering?.value
    }

    private func writeWaiting() async {
        while true {
            await gather()
            let group = state.withLock { state in
                if state.waiting.isEmpty { state.writer = nil } else { state.lastGroup = .now }
                return state.waiting
            }
            if group.isEmpty { return }
            do {
                let lost = try await lostRows(of: group)
                if let lost {
                    state.withLock { state in
                        state.waiting.removeAll { record in lost.miniBatches.contains { $0.id == record.id } }
                    }
                    report(.failure(lost))
                }
                let kept = group.filter { record in lost?.files.contains { record.lies(in: $0) } != true }
                if kept.isEmpty { continue }
                let counts = try await write(kept)
                state.withLock { $0.waiting.removeFirst(kept.count) }
                report(.success(counts))
            } catch {
                state.withLock { $0.writer = nil }
                report(.failure(error))
                return
            }
        }
    }

    private func report(_ result: Result<JobCounts, any Error>) {
        state.withLock { $0.commits += 1 }
        onCommit(result)
    }

    /// Makes the rows of a group durable, but for those whose file the disk refuses.
    ///
    /// After a failed fsync the kernel takes the pages for written, and the next fsync succeeds (2018, "fsyncgate"): a file that
    /// failed once is never believed again.
    private func lostRows(of group: [MiniBatchRecord]) async throws -> LostRows? {
        var files: Set<String> = []
        for case .done(let segment) in group.map(\.outcome) where segment.bytes > 0 { files.insert(segment.file) }
        let refused = state.withLock { $0.refused }
        var failed = refused.filter { files.contains($0.key) }
        try await withThrowingTaskGroup(of: [String: any Error].self) { lanes in
            let files = Array(files.subtracting(failed.keys))
            for lane in 0..<min(Self.lanes, files.count) {
                let share = stride(from: lane, to: files.count, by: Self.lanes).map { files[$0] }
                lanes.addTask { try await self.failures(of: share) }
            }
            for try await failures in lanes { failed.merge(failures) { $1 } }
        }
        guard let error = failed.values.first else { return nil }
        let lost = Set(failed.keys)
        state.withLock { $0.refused.merge(failed) { $1 } }
        return LostRows(
            files: lost,
            miniBatches: group.filter { record in lost.contains { record.lies(in: $0) } },
            error: error
        )
    }

    /// Makes files durable; returns the errors of those that the disk refuses.
    private func failures(of files: [String]) async throws -> [String: any Error] {
        try await DiskWork.run { [sync, segments] in
            var failures: [String: any Error] = [:]
            for file in files {
                do { try sync(segments + "/" + file) } catch { failures[file] = error }
            }
            return failures
        }
    }

    private func write(_ group: [MiniBatchRecord]) async throws -> JobCounts {
        var files: Set<String> = []
        for case .done(let segment) in group.map(\.outcome) where segment.bytes > 0 { files.insert(segment.file) }
        // A file is found again after a crash when its folder is on the disk as well.
        if !files.isSubset(of: state.withLock { $0.known }) {
            try await DiskWork.run { [segments] in try DurableFile.sync(segments) }
        }
        state.withLock { $0.known.formUnion(files) }
        return try await workspace.journal(group, of: job)
    }
}

/// Rows that a disk refused to keep: their files are given up, and their mini-batches must be scored again.
struct LostRows: Error {
    /// The segment files.
    var files: Set<String>
    /// The mini-batches that were to be journaled.
    var miniBatches: [MiniBatchRecord]
    /// The error of the disk.
    var error: any Error
}

extension MiniBatchRecord {
    /// Returns whether its rows are in that segment file.
    fileprivate func lies(in file: String) -> Bool {
        if case .done(let segment) = outcome, segment.bytes > 0 { segment.file == file } else { false }
    }
}
