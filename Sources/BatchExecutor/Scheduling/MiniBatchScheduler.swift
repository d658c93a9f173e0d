import BatchDomain

/// Decides which worker scores which mini-batch, and what a failed try means; it does nothing itself.
///
/// A worker holds a few mini-batches ahead, so that it never waits for the executor. Only the one in work is blamed when its
/// worker dies; those held ahead go back free.
package struct MiniBatchScheduler: Sendable {
    /// A mini-batch given to a worker.
    package struct Assignment: Equatable, Sendable {
        /// The mini-batch.
        package let id: Int
        /// Which try it is, from 1.
        package let attempt: Int
    }

    /// The consequence of a failed attempt.
    package enum Verdict: Equatable, Sendable {
        /// It is retried.
        case retry
        /// It has exhausted its attempts.
        case exhausted(attempts: Int)
    }

    /// How many quick mini-batches a worker may hold.
    private static let depthOfQuick = 16

    private struct Queue {
        var assignments: [Assignment] = []
        var headSince: SuspendingClock.Instant { didSet { headProgress = (headSince, 0) } }
        /// When the first mini-batch came a step further, and with how many rows.
        var headProgress: (at: SuspendingClock.Instant, rows: Int)

        init(headSince: SuspendingClock.Instant) {
            self.headSince = headSince
            headProgress = (headSince, 0)
        }
    }

    /// The mini-batches whose files are there; nil when all are.
    package var available: Set<Int>?

    private let count: Int
    private let maxAttempts: Int
    private var finished: Set<Int>
    private var nextFresh = 0
    private var waiting: [Int] = []
    /// Mini-batches that need nothing more, though no worker has scored them.
    private var skipped: Set<Int> = []
    private var failedAttempts: [Int: Int] = [:]
    private var queues: [Int: Queue] = [:]
    private var remaining: Int
    private var averageSeconds: Double?

    /// Plans to score what is not finished yet.
    ///
    /// - Parameters:
    ///   - count: Mini-batches of the job.
    ///   - finished: Those that an earlier executor has journaled.
    ///   - maxAttempts: Attempts at each, 1 or more.
    package init(count: Int, finished: Set<Int>, maxAttempts: Int) {
        self.count = count
        self.finished = finished
        self.maxAttempts = maxAttempts
        remaining = count - finished.count
    }

    /// True when every mini-batch has been scored or has failed permanently.
    package var isDone: Bool { remaining == 0 }

    /// Mini-batches that no worker scores.
    package var unassigned: Int { remaining - queues.values.reduce(0) { $0 + $1.assignments.count } }

    /// The mini-batches that are given out next, at most `limit`.
    package func upcoming(_ limit: Int) -> [Int] {
        var ids = Array(waiting.prefix(limit))
        var fresh = nextFresh
        while ids.count < limit, fresh < count {
            if !finished.contains(fresh) { ids.append(fresh) }
            fresh += 1
        }
        return ids
    }

    /// The mini-batch that a worker scores now.
    package func current(of worker: Int) -> Assignment? { queues[worker]?.assignments.first }

    /// When a worker began with the mini-batch that it scores now.
    package func beginning(of worker: Int) -> SuspendingClock.Instant? {
        queues[worker].flatMap { $0.assignments.isEmpty ? nil : $0.headSince }
    }

    /// Takes a worker that is ready.
    package mutating func add(worker: Int, at now: SuspendingClock.Instant) {
        queues[worker] = Queue(headSince: now)
    }

    /// Gives a worker more to do, the earliest mini-batches first.
    package mutating func assign(to worker: Int, at now: SuspendingClock.Instant) -> [Assignment] {
        guard var queue = queues[worker] else { return [] }
        let depth = depth
        // Quick ones are given several at a time: a message each would cost more than they do.
        if depth >= Self.depthOfQuick / 2, queue.assignments.count > depth / 2 { return [] }
        var given: [Assignment] = []
        while queue.assignments.count < depth, let id = takeNext() {
            if queue.assignments.isEmpty { queue.headSince = now }
            let assignment = Assignment(id: id, attempt: min(maxAttempts, (failedAttempts[id] ?? 0) + 1))
            queue.assignments.append(assignment)
            given.append(assignment)
        }
        queues[worker] = queue
        return given
    }

    /// A worker has scored a mini-batch; returns the assignment and its seconds, nil when the worker did not have it in work.
    ///
    /// `work` is what the worker says it took, in seconds: unlike the time seen from here it does not grow while messages wait.
    package mutating func complete(
        _ id: Int,
        on worker: Int,
        work: Double? = nil,
        at now: SuspendingClock.Instant
    ) -> (assignment: Assignment, seconds: Double)? {
        guard let done = removeHead(id, of: worker, at: now) else { return nil }
        remaining -= 1
        failedAttempts[id] = nil
        let seconds = work ?? done.seconds
        averageSeconds = averageSeconds.map { $0 * 0.8 + seconds * 0.2 } ?? seconds
        return done
    }

    /// A try has failed while its worker lives; nil when the worker did not have it in work.
    package mutating func fail(
        _ id: Int,
        on worker: Int,
        at now: SuspendingClock.Instant
    ) -> (verdict: Verdict, seconds: Double)? {
        guard let failed = removeHead(id, of: worker, at: now) else { return nil }
        return (charge(id), failed.seconds)
    }

    /// A mini-batch goes back without blame.
    package mutating func putBack(_ id: Int, from worker: Int, at now: SuspendingClock.Instant) {
        if removeHead(id, of: worker, at: now) != nil { putBack(id) }
    }

    /// A mini-batch that was scored must be scored again: its rows are lost, for which no attempt is charged.
    package mutating func reopen(_ id: Int) {
        remaining += 1
        putBack(id)
    }

    /// Leaves out mini-batches: those that workers have are not given out again.
    package mutating func skip(_ ids: some Sequence<Int>) {
        for id in ids where skipped.insert(id).inserted && isPending(id) {
            waiting.removeAll { $0 == id }
            finished.insert(id)
            remaining -= 1
        }
    }

    /// Has a mini-batch scored again from the beginning, whether it is finished or not.
    ///
    /// - Returns: The worker that has it now, whose result is not wanted; nil when none has.
    package mutating func restart(_ id: Int) -> Int? {
        let isLeftOut = skipped.remove(id) != nil
        if let worker = queues.first(where: { $0.value.assignments.contains { $0.id == id } })?.key { return worker }
        if isLeftOut || !isPending(id) { reopen(id) }
        return nil
    }

    /// Returns whether a mini-batch waits for a worker.
    private func isPending(_ id: Int) -> Bool {
        waiting.contains(id) || id >= nextFresh && !finished.contains(id)
    }

    /// A worker is gone: what it had in work is charged with a try, what it held ahead goes back free.
    package mutating func remove(
        worker: Int,
        at now: SuspendingClock.Instant
    ) -> (id: Int, verdict: Verdict, seconds: Double)? {
        guard let queue = queues.removeValue(forKey: worker) else { return nil }
        for assignment in queue.assignments.dropFirst() { putBack(assignment.id) }
        guard let head = queue.assignments.first else { return nil }
        return (head.id, charge(head.id), queue.headSince.duration(to: now).seconds)
    }

    /// Queues a mini-batch that exhausted its attempts again, in parts; the next failed attempt is its last as well.
    package mutating func reopenInParts(_ id: Int) {
        remaining += 1
        failedAttempts[id] = maxAttempts
        putBack(id)
    }

    /// A worker begins a part of its mini-batch: its deadline restarts.
    package mutating func beginPart(of id: Int, on worker: Int, at now: SuspendingClock.Instant) {
        if queues[worker]?.assignments.first?.id == id { queues[worker]?.headSince = now }
    }

    /// A worker is gone without blame: all that it held goes back free.
    package mutating func release(worker: Int) {
        for assignment in queues.removeValue(forKey: worker)?.assignments ?? [] { putBack(assignment.id) }
    }

    /// Takes note of the rows that a worker has written of the mini-batch that it scores: more rows restart its deadline.
    package mutating func progressed(_ worker: Int, with id: Int, rows: Int, at now: SuspendingClock.Instant) {
        guard let queue = queues[worker], queue.assignments.first?.id == id, rows > queue.headProgress.rows else {
            return
        }
        queues[worker]?.headProgress = (now, rows)
    }

    /// Workers whose mini-batch takes longer than allowed.
    package func overdue(after timeout: Duration, at now: SuspendingClock.Instant) -> [Int] {
        queues.filter { !$0.value.assignments.isEmpty && $0.value.headProgress.at.duration(to: now) > timeout }.map(
            \.key
        )
        .sorted()
    }

    /// How many mini-batches a worker may hold: more of quick ones, and at the end no more than its share.
    private var depth: Int {
        let wanted =
            switch averageSeconds {
            case .some(let seconds) where seconds < 0.005: Self.depthOfQuick
            case .some(let seconds) where seconds < 0.1: 4
            // One in work, one whose files the worker may ask the disk for, one on its way.
            default: 3
            }
        let share = (remaining + queues.count - 1) / max(1, queues.count)
        return max(1, min(wanted, share))
    }

    private mutating func takeNext() -> Int? {
        if let index = waiting.firstIndex(where: isAvailable) { return waiting.remove(at: index) }
        while nextFresh < count {
            guard finished.contains(nextFresh) || isAvailable(nextFresh) else { return nil }
            defer { nextFresh += 1 }
            if !finished.contains(nextFresh) { return nextFresh }
        }
        return nil
    }

    private func isAvailable(_ id: Int) -> Bool { available?.contains(id) ?? true }

    private mutating func putBack(_ id: Int) {
        if skipped.contains(id) {
            finished.insert(id)
            remaining -= 1
            return
        }
        waiting.insert(id, at: waiting.firstIndex { $0 > id } ?? waiting.endIndex)
    }

    private mutating func charge(_ id: Int) -> Verdict {
        let attempts = (failedAttempts[id] ?? 0) + 1
        guard attempts < maxAttempts else {
            failedAttempts[id] = nil
            remaining -= 1
            return .exhausted(attempts: min(attempts, maxAttempts))
        }
        failedAttempts[id] = attempts
        putBack(id)
        return .retry
    }

    private mutating func removeHead(
        _ id: Int,
        of worker: Int,
        at now: SuspendingClock.Instant
    ) -> (assignment: Assignment, seconds: Double)? {
        guard var queue = queues[worker], let head = queue.assignments.first, head.id == id else { return nil }
        let seconds = queue.headSince.duration(to: now).seconds
        queue.assignments.removeFirst()
        queue.headSince = now
        queues[worker] = queue
        return (head, seconds)
    }
}
