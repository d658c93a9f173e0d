import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation

/// The worker pool of a job, from the request for a worker to its end.
struct WorkerPool {
    /// The work of a worker, as it is shown.
    struct Work {
        /// The mini-batch.
        var miniBatch: Int
        /// The seconds since it began.
        var seconds: Double
        /// The first of its files.
        var file: String
        /// Where it is a part of its file: which, from 1, and of how many.
        var part: (number: Int, count: Int)?
        /// Which attempt it is, from 1.
        var attempt: Int
        /// The error of the attempt before.
        var lastError: String?
        /// The rows that it will have; nil where they are not known.
        var plannedRows: Int?
    }

    private struct Member {
        /// Asks for the process.
        var start: Task<Void, Never>?
        var worker: Worker?
        var pid: Int?
        var isReady = false
        var overdue: Int?
        /// The place of its GPUs among the shares.
        var share: Int
        /// The memory for which it is killed, in words.
        var memoryExcess: String?
        /// It is killed for no fault of its own.
        var isOffWork = false
        /// The node of a cluster that it runs on.
        var node: String?
        /// The rows that it has scored.
        var rows = 0
        /// What it reported last of its mini-batch.
        var heartbeat: WorkerMessage.Heartbeat?
        /// When it was asked for, connected, or became ready.
        var since: Date?
        var connectedAt: SuspendingClock.Instant?
    }

    private let wanted: Int
    /// The GPUs of each worker that is wanted.
    private let shares: [[GPU]]
    /// True when workers run on the nodes of a cluster.
    private let isRemote: Bool
    private var members: [Int: Member] = [:]
    private var lastNumber = 0
    private var earlyDeaths = 0
    private var canceled: Set<Int> = []
    private var changes = 0

    /// - Parameters:
    ///   - wanted: How many workers there should be while there is work for them.
    ///   - gpus: The GPUs that they share.
    ///   - isRemote: True when they run on the nodes of a cluster.
    init(wanted: Int, gpus: [GPU] = [], isRemote: Bool = false) {
        self.wanted = wanted
        self.isRemote = isRemote
        shares = gpus.shares(among: wanted)
    }

    /// The worker of a number, once its process has been asked for.
    subscript(number: Int) -> Worker? { members[number]?.worker }

    /// True when no worker is left.
    var isEmpty: Bool { members.isEmpty }

    /// How many there are.
    var size: Int { members.count }

    /// All of them.
    var numbers: [Int] { members.keys.sorted() }

    /// Workers that have run `init()`.
    var readyNumbers: [Int] { members.filter { $0.value.isReady && !$0.value.isOffWork }.map(\.key).sorted() }

    /// The number of a worker to start, while there are fewer than wanted and than there is work for.
    mutating func next(work: Int) -> Int? {
        let idle = members.values.count { !$0.isReady }
        let taken = Set(members.values.map(\.share))
        guard let share = shares.indices.first(where: { !taken.contains($0) }), idle < work else { return nil }
        lastNumber += 1
        members[lastNumber] = Member(share: share)
        return lastNumber
    }

    /// Starts the workers that are missing for the work; ``JobEvent/workerStarted(_:_:)`` follows for each.
    mutating func startMissing(
        for work: Int,
        on host: WorkerHost,
        _ logs: JobLogs,
        at date: Date,
        _ send: AsyncStream<JobEvent>.Continuation
    ) {
        while let number = next(work: work) {
            let gpus = gpus(of: number)
            members[number]?.since = date
            if isRemote { changes += 1 }
            members[number]?.start = Task {
                do {
                    let worker = try await host.startWorker(
                        number,
                        with: gpus.isEmpty ? [:] : gpus.environment,
                        streams: logs.streams(of: number),
                        log: logs.beginHostLog()
                    ) {
                        send.yield(.worker(number, $0))
                    }
                    send.yield(.workerStarted(number, .success(worker)))
                } catch {
                    send.yield(.workerStarted(number, .failure(error)))
                }
            }
        }
    }

    /// Has all workers end within a grace period, after which they are killed.
    ///
    /// - Returns: A request to cancel or suspend the job that came meanwhile.
    mutating func stop(_ events: AsyncStream<JobEvent>, grace: Duration, on clock: SuspendingClock) async -> JobEvent? {
        // Loading a script may take long, and its workers are no longer needed.
        for member in members.values where member.worker == nil { member.start?.cancel() }
        if grace == .zero {
            forEach { $0.kill() }
        } else {
            // One that has not run init() yet gets no job any more, and would wait forever for it.
            forEach { isReady($0.number) ? $0.send(.stop) : $0.kill() }
        }
        if isEmpty { return nil }
        var deadline = clock.now + grace
        var request: JobEvent?
        for await event in events {
            switch event {
            case .worker(let number, .ended): remove(number)
            case .workerStarted(_, .success(let worker)):
                started(worker)
                worker.kill()
            case .workerStarted(let number, .failure): remove(number)
            case .cancel, .suspend:
                request = event
                deadline = min(deadline, clock.now)
            default: break
            }
            if clock.now >= deadline { forEach { $0.kill() } }
            if isEmpty || clock.now > deadline + .seconds(5) { break }
        }
        forEach { $0.kill() }
        return request
    }

    mutating func started(_ worker: Worker) {
        members[worker.number]?.worker = worker
    }

    mutating func forked(_ number: Int, on node: String?) {
        members[number]?.node = node
    }

    mutating func connected(_ number: Int, pid: Int, at date: Date, _ instant: SuspendingClock.Instant) {
        members[number]?.pid = pid
        members[number]?.connectedAt = instant
        members[number]?.since = date
        changes += 1
    }

    mutating func ready(_ number: Int, at date: Date) {
        members[number]?.isReady = true
        members[number]?.since = date
        changes += 1
    }

    mutating func heartbeat(_ number: Int, _ heartbeat: WorkerMessage.Heartbeat) {
        members[number]?.heartbeat = heartbeat
        changes += 1
    }

    /// Counts the rows of a finished mini-batch.
    mutating func scored(_ number: Int, rows: Int) {
        members[number]?.rows += rows
        changes += 1
    }

    /// Notes which mini-batch a worker is killed for.
    mutating func markOverdue(_ number: Int, miniBatch: Int?) {
        if members[number]?.overdue == nil { members[number]?.overdue = miniBatch }
    }

    /// Notes which workers hold more memory than they may, with the processes they started, and returns both.
    ///
    /// Their own limit makes most of them fail before; this is for what it does not count: shared and mapped memory, and
    /// children, each of which has a limit of its own.
    ///
    /// - Parameters:
    ///   - limit: In bytes.
    ///   - groups: Their control groups, as far as they have any: all in one are its worker's, daemons too.
    /// - Returns: Those that are beyond the limit for the first time.
    mutating func markBeyond(
        _ limit: Int,
        in groups: [Int: ControlGroup] = [:]
    ) -> [(number: Int, children: [Int])] {
        var beyond: [(number: Int, children: [Int])] = []
        if isRemote {
            // Of a process on another machine the executor knows what the worker reports.
            for (number, member) in members where member.memoryExcess == nil {
                guard let bytes = member.heartbeat?.rss, bytes > limit else { continue }
                members[number]?.memoryExcess = Self.excess(bytes, of: limit)
                beyond.append((number, []))
            }
            return beyond
        }
        let table = ProcessTable.current()
        for (number, member) in members where member.memoryExcess == nil {
            guard let pid = member.pid,
                case let children = Set(table.family(of: pid)).union(groups[number]?.processes ?? []).subtracting([pid])
                    .sorted(),
                let bytes = ProcessMemory.residentBytes(of: pid, with: children, beyond: limit), bytes > limit
            else { continue }
            members[number]?.memoryExcess = Self.excess(bytes, with: children, of: limit)
            beyond.append((number, children))
        }
        return beyond
    }

    private static func excess(_ bytes: Int, with children: [Int] = [], of limit: Int) -> String {
        let with = children.isEmpty ? "" : " with the processes it started"
        return
            "\(ByteSize.text(bytes)) of memory\(with), more than the \(ByteSize.exactText(limit)) of memory_limit_per_worker"
    }

    /// The memory for which a worker is killed, in words; nil when it is not.
    func memoryExcess(of number: Int) -> String? { members[number]?.memoryExcess }

    /// A worker that is connected and has not run `init()` after this time.
    func lateForInit(after limit: Duration, at now: SuspendingClock.Instant) -> Int? {
        members.filter { member in
            guard !member.value.isReady, let connectedAt = member.value.connectedAt else { return false }
            return connectedAt.duration(to: now) > limit
        }
        .keys.min()
    }

    /// Takes a worker that is to be killed for no fault of its own off the work.
    mutating func takeOffWork(_ number: Int) {
        members[number]?.isOffWork = true
    }

    /// The GPUs that a worker may use; none where the job holds none.
    func gpus(of number: Int) -> [GPU] { members[number].map { shares[$0.share] } ?? [] }

    func isReady(_ number: Int) -> Bool { members[number]?.isReady == true }

    func isConnected(_ number: Int) -> Bool { members[number]?.pid != nil }

    func pid(of number: Int) -> Int { members[number]?.pid ?? 0 }

    /// Removes a worker; returns the state from which the reason of its end follows.
    @discardableResult
    mutating func remove(_ number: Int) -> (pid: Int?, isReady: Bool, overdue: Int?)? {
        changes += 1
        return members.removeValue(forKey: number).map { ($0.pid, $0.isReady, $0.overdue) }
    }

    /// Gives up the workers whose processes are not there yet: what they are started from is not available.
    mutating func cancelStarts() {
        for (number, member) in members where member.worker == nil {
            member.start?.cancel()
            canceled.insert(number)
        }
    }

    /// Returns whether the start of a worker was given up.
    mutating func isCanceled(_ number: Int) -> Bool { canceled.remove(number) != nil }

    /// Counts a worker that died before `init()` was through.
    ///
    /// - Throws: ``JobFailure`` at the third: the next ones would die too.
    mutating func diedEarly(reason: String) throws {
        earlyDeaths += 1
        if earlyDeaths >= 3 {
            throw JobFailure("Workers die before init() of the scoring script is through: the last one \(reason).")
        }
    }

    private func forEach(_ body: (Worker) -> Void) {
        for member in members.values { if let worker = member.worker { body(worker) } }
    }

    /// True when the state has changed since the last ``status(at:_:)``.
    var hasNews: Bool { changes > 0 }

    /// The shown state of the workers.
    ///
    /// - Parameters:
    ///   - now: The time now.
    ///   - work: The work of the worker of a number.
    /// - Returns: The workers that are connected, in the order of their numbers.
    mutating func status(at now: Date, _ work: (Int) -> Work?) -> [WorkerStatus] {
        changes = 0
        return numbers.compactMap { number in
            guard let member = members[number], let pid = member.pid ?? (isRemote ? 0 : nil), let since = member.since
            else { return nil }
            let work = work(number)
            // What it has said of the mini-batch before is not about this one.
            let heartbeat = member.heartbeat.flatMap { $0.id == work?.miniBatch ? $0 : nil }
            return WorkerStatus(
                worker: number,
                pid: pid,
                activity: member.isReady
                    ? (work == nil ? "waiting" : "scoring") : member.pid == nil ? "pending" : "starting",
                miniBatch: work?.miniBatch,
                file: work.map { work in
                    let name = heartbeat?.file ?? work.file
                    return work.part.map { "\(name), part \($0.number) of \($0.count)" } ?? name
                },
                residentBytes: member.heartbeat?.rss,
                rowsPerSecond: member.rows == 0 ? nil : Double(member.rows) / max(1, now.timeIntervalSince(since)),
                gpus: shares[member.share].isEmpty ? nil : shares[member.share].numbers,
                node: member.node,
                since: work.map { now.addingTimeInterval(-$0.seconds) } ?? since,
                rows: heartbeat?.rows,
                bytes: heartbeat?.bytes,
                share: work?.plannedRows.flatMap { planned in
                    heartbeat?.rows.map { planned > 0 ? min(1, Double($0) / Double(planned)) : 0 }
                },
                attempt: work?.attempt,
                lastError: work?.lastError
            )
        }
    }
}
