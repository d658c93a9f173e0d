import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation

/// The scoring of one job: hands out mini-batches, hears what became of them, has them journaled.
struct JobScoring {
    /// How scoring ended.
    enum End {
        case scored
        case canceled
        case suspended
    }

    private let job: Job
    private let prepared: PreparedJob
    private let workspace: Workspace
    private let logs: JobLogs
    private let send: AsyncStream<JobEvent>.Continuation
    private let journal: Journal
    private let generation = UUID().uuidString.prefix(8).lowercased()
    private let clock = ContinuousClock()

    private var scheduler: MiniBatchScheduler
    private var crew: WorkerCrew
    private var counts: JobCounts
    /// What was heard of, before it is journaled.
    private var heard: JobCounts
    /// Segment files that the disk refused: rows in them are lost.
    private var abandoned: Set<String> = []
    private var hostDeaths = 0
    private var nextLookAtMachine: ContinuousClock.Instant
    private var firstFailure: FileFailure?
    private var preflight = Preflight.waiting
    private var pause = Pause()
    private var progress: ProgressReport
    /// Where the files are fetched; nil where they are on this machine.
    private var window: InputWindow?
    private var bisections: [Int: Bisection] = [:]
    /// What workers have said so far of the mini-batch that they score.
    private var partInWork: [Int: (id: Int, part: Range<Int>)] = [:]
    private var failedSoFar: [Int: (id: Int, failed: [WorkerMessage.FailedFile])] = [:]
    private var columns: OutputColumns

    /// The check of the input's columns before the first mini-batch.
    private enum Preflight {
        case waiting
        case asked(of: Int, since: ContinuousClock.Instant)
        case done
    }

    init(
        job: Job,
        prepared: PreparedJob,
        workspace: Workspace,
        wantedWorkers: Int,
        logs: JobLogs,
        send: AsyncStream<JobEvent>.Continuation
    ) {
        self.job = job
        self.prepared = prepared
        self.workspace = workspace
        self.logs = logs
        self.send = send
        counts = prepared.counts
        firstFailure = prepared.firstFailure
        heard = prepared.counts
        nextLookAtMachine = clock.now + .seconds(600)
        scheduler = MiniBatchScheduler(
            count: prepared.manifest.plan.count,
            finished: prepared.finished,
            maxTries: job.specification.settings.maxRetries
        )
        crew = WorkerCrew(wanted: min(wantedWorkers, max(1, scheduler.unassigned)))
        progress = ProgressReport(start: prepared.counts, at: clock.now)
        journal = Journal(
            workspace: workspace,
            job: job.name,
            segments: workspace.folder.job(job.name).segments
        ) { send.yield(.committed($0)) }
        window = prepared.fetcher.map { InputWindow($0, plan: prepared.manifest.plan, workers: wantedWorkers) }
        scheduler.available = window?.ready
        columns = OutputColumns(of: workspace.folder.job(job.name))
        if job.specification.scoring != .generated || !prepared.finished.isEmpty { preflight = .done }
    }

    /// Scores until all is journaled, or the job is to end.
    mutating func run(_ events: AsyncStream<JobEvent>) async throws -> End {
        try checkThreshold()
        logs.machine()
        if isFinished { return .scored }
        prepared.fetcher?.onEvent { [send] in send.yield(.fetcher($0)) }
        askAhead()
        startWorkers()
        for await event in events {
            switch event {
            case .worker(let number, let event): try await handle(event, of: number)
            case .workerStarted(let number, let result): try workerStarted(number, result)
            case .fetcher(let event): try handle(event)
            case .committed(let result): try await committed(result)
            case .tick: try await tick()
            case .cancel, .suspend:
                await journal.flush()
                if case .cancel = event { return .canceled }
                return .suspended
            case .prepared: break
            }
            if isFinished { return .scored }
        }
        return .suspended
    }

    /// Has the workers end, within a time of grace, after which they are killed.
    mutating func stopWorkers(_ events: AsyncStream<JobEvent>, grace: Duration) async {
        if grace == .zero { await journal.flush() }
        crew.cancelStarts()
        if grace == .zero {
            crew.forEach { $0.kill() }
        } else {
            // One that has not run init() yet comes too late to be told its job, and without that it would wait for ever.
            crew.forEach { crew.isReady($0.number) ? $0.send(.stop) : $0.kill() }
        }
        var deadline = clock.now + grace
        var unheard: JobEvent?
        // Whoever reads the events next is to know of it.
        defer { if let unheard { send.yield(unheard) } }
        if crew.isEmpty { return }
        for await event in events {
            switch event {
            case .worker(let number, .ended): crew.remove(number)
            case .workerStarted(_, .success(let worker)):
                crew.started(worker)
                worker.kill()
            case .workerStarted(let number, .failure): crew.remove(number)
            case .cancel, .suspend:
                unheard = event
                deadline = min(deadline, clock.now)
            default: break
            }
            if clock.now >= deadline { crew.forEach { $0.kill() } }
            if crew.isEmpty || clock.now > deadline + .seconds(5) { break }
        }
        crew.forEach { $0.kill() }
    }

    /// Judges the counts once all is scored.
    ///
    /// - Throws: ``JobFailure`` when nothing was scored, which Azure takes for a failure too.
    func checkOutcome() throws {
        logs.overview("All \(counts.miniBatches ?? 0) mini batches have been processed.")
        logs.overview("\(JobSummary(counts, threshold: job.specification.settings.errorThreshold))")
        if counts.succeededFiles == 0, let failure = firstFailure {
            throw JobFailure(
                "No file was scored: all \(counts.failedFiles) files failed. "
                    + "The first, \(failure.file): \(failure.type): \(failure.message)"
            )
        }
    }

    private var isFinished: Bool {
        scheduler.isDone && counts.finishedMiniBatches >= prepared.manifest.plan.count
    }

    // MARK: - Workers

    private mutating func startWorkers() {
        while let number = crew.next(work: scheduler.unassigned) {
            let start = Task { [host = prepared.host, logs, send] in
                do {
                    let worker = try await host.startWorker(
                        number,
                        streams: logs.streams(of: number),
                        log: logs.hostLog
                    ) {
                        send.yield(.worker(number, $0))
                    }
                    send.yield(.workerStarted(number, .success(worker)))
                } catch {
                    send.yield(.workerStarted(number, .failure(error)))
                }
            }
            crew.starting(number, start)
        }
    }

    private mutating func workerStarted(_ number: Int, _ result: Result<Worker, any Error>) throws {
        switch result {
        case .success(let worker):
            crew.started(worker)
            if crew.isConnected(number) { tellJob(to: number) }
        case .failure(let error):
            crew.remove(number)
            throw error
        }
    }

    private mutating func handle(_ event: WorkerEvent, of number: Int) async throws {
        switch event {
        case .connected(let pid):
            crew.connected(number, pid: pid, at: workspace.now(), clock.now)
            tellJob(to: number)
        case .message(let message):
            try await handle(message, of: number)
        case .ended(let reason, let isBlameless):
            try await workerEnded(number, reason: reason, isBlameless: isBlameless)
        }
    }

    private func tellJob(to number: Int) {
        let folder = workspace.folder.job(job.name)
        crew[number]?.send(
            .start(
                ExecutorMessage.Start(
                    job: job.name,
                    manifest: folder.manifest,
                    inputRoot: job.specification.input.root,
                    segment: folder.segments + "/" + segmentName(of: number),
                    outputFolder: job.specification.output.folder,
                    outputAction: job.specification.settings.outputAction.rawValue,
                    outputFormat: job.specification.rowFormat.rawValue,
                    reasons: window == nil ? nil : folder.inputReasons,
                    metrics: logs.metrics(of: number)
                )
            )
        )
    }

    /// A segment file has one writer ever: a number is not used again, and another executor has another generation.
    private func segmentName(of number: Int) -> String { "\(generation)-\(number)" }

    private mutating func handle(_ message: WorkerMessage, of number: Int) async throws {
        switch message {
        case .ready:
            scheduler.add(worker: number, at: clock.now)
            crew.ready(number, at: workspace.now())
            try startScoring(on: number)
        case .fatal(let error):
            logs.exception("init() failed. \(error.type): \(error.message)", traceback: error.traceback, worker: number)
            throw JobFailure("init() of the scoring script failed. \(error.type): \(error.message)")
        case .checked(let checked):
            try judge(checked)
            endPreflight()
        case .failed(let id, let failed):
            if failedSoFar[number]?.id != id { failedSoFar[number] = (id, []) }
            failedSoFar[number]?.failed += failed
        case .part(let id, let part):
            partInWork[number] = (id, part)
            scheduler.beginPart(of: id, on: number, at: clock.now)
        case .done(var done):
            if let earlier = failedSoFar.removeValue(forKey: number), earlier.id == done.id {
                done.failed = earlier.failed + done.failed
            }
            partInWork[number] = nil
            try await complete(done, on: number)
        case .error(let id, let error):
            try await tryFailed(id, on: number, error)
        case .diskFull(let id, let message):
            scheduler.putBack(id, from: number, at: clock.now)
            try await pause(for: "There is no space left: \(message). The job goes on when there is.")
        case .beat(let beat):
            crew.beat(number, file: beat.file, residentBytes: beat.rss)
        case .hello, .forked, .exited, .bye:
            break
        }
    }

    private mutating func startScoring(on number: Int) throws {
        switch preflight {
        case .done:
            assign(to: number)
        case .waiting:
            if let window, !window.ready.contains(0) { return }
            preflight = .asked(of: number, since: clock.now)
            let plan = prepared.manifest.plan
            // As many as half a second is likely to be enough for; the others are checked when they are read.
            let last = window == nil ? min(plan.count, max(1, 2_000 / plan.size)) - 1 : 0
            crew[number]?.send(.check(id: 0, bytes: 0..<prepared.manifest.bytes(of: last).upperBound, seconds: 0.5))
        case .asked:
            break
        }
    }

    private mutating func assign(to number: Int) {
        guard !pause.isOn, case .done = preflight else { return }
        for assignment in scheduler.assign(to: number, at: clock.now) {
            crew[number]?.send(order(assignment))
        }
        askAhead()
    }

    // MARK: - Remote files

    private mutating func askAhead() {
        guard let width = window?.width else { return }
        window?.ask(for: scheduler.upcoming(width))
    }

    private mutating func handle(_ event: FetcherEvent) throws {
        switch event {
        case .fetched(let id, let failed):
            window?.arrived(id)
            scheduler.available = window?.ready
            if case .waiting = preflight, id == 0 {
                // What can't be fetched can't be checked.
                if failed > 0 { endPreflight() } else { try crew.readyNumbers.first.map { try startScoring(on: $0) } }
            } else {
                for worker in crew.readyNumbers { assign(to: worker) }
            }
        case .waiting(let message):
            logs.warning(message)
        case .failed(let type, let message):
            throw JobFailure("The files of the input can't be fetched. \(type): \(message)")
        case .ended(let reason):
            logs.warning("The process that fetches files \(reason); another one goes on.")
            try window?.startAgain(after: reason)
        case .listed:
            break
        }
    }

    /// The last try of a mini-batch is made in parts, so that its good files keep their rows.
    private func order(_ assignment: MiniBatchScheduler.Assignment) -> ExecutorMessage {
        let bytes = prepared.manifest.bytes(of: assignment.id)
        let files = prepared.manifest.plan.range(of: assignment.id).count
        let settings = job.specification.settings
        guard settings.bisectFailedMiniBatches, files > 1, assignment.attempt >= settings.maxRetries else {
            return .run(id: assignment.id, bytes: bytes)
        }
        return .runInParts(id: assignment.id, bytes: bytes, parts: bisections[assignment.id]?.parts ?? [0..<files])
    }

    private mutating func endPreflight() {
        preflight = .done
        for worker in crew.readyNumbers { assign(to: worker) }
    }

    private mutating func workerEnded(_ number: Int, reason: String, isBlameless: Bool) async throws {
        let end = crew.remove(number)
        let part = partInWork.removeValue(forKey: number)
        failedSoFar[number] = nil
        if isBlameless {
            scheduler.release(worker: number)
            try hostDied(reason: reason)
        }
        let timeout = job.specification.settings.timeout
        // It was killed for one mini-batch, but had finished it and begun the next by then: nobody is to blame.
        if let overdue = end?.overdue, overdue != scheduler.current(of: number)?.id {
            scheduler.release(worker: number)
        }
        let (type, message) =
            end?.overdue != nil
            ? ("Timeout", "run() took longer than \(timeout) seconds (retry_settings.timeout); its worker was killed")
            : ("WorkerDied", "the worker that scored it \(reason)")
        if let failed = scheduler.remove(worker: number, at: clock.now) {
            let error = WorkerMessage.ScriptError(type: type, message: message)
            if case .giveUp = failed.verdict, bisect(failed.id, over: part?.id == failed.id ? part?.part : nil, error) {
                for worker in crew.readyNumbers { assign(to: worker) }
            } else {
                try await conclude(
                    failed.id,
                    failed.verdict,
                    error,
                    seconds: failed.seconds,
                    on: number,
                    pid: end?.pid ?? 0
                )
            }
        } else if end?.isReady != true, !isBlameless {
            try crew.diedEarly(reason: reason)
        }
        logs.systemError("Worker \(number) \(reason).")
        if case .asked(of: number, _) = preflight {
            logs.warning(
                "The check of the input before scoring was not finished; each file is checked when it is read."
            )
            endPreflight()
        }
        startWorkers()
    }

    /// A host that dies again and again while nothing gets done is killed by what its workers do, though nobody can tell which.
    private mutating func hostDied(reason: String) throws {
        hostDeaths += 1
        if hostDeaths > 5 * max(1, crew.size) {
            throw JobFailure(
                "The process that workers are forked from ends again and again: a worker \(reason). "
                    + "Nothing was scored in between; see logs/sys/host.txt."
            )
        }
    }

    // MARK: - Mini-batches

    /// Has a mini-batch scored again without what its worker died over; false when it is given up for good.
    private mutating func bisect(_ id: Int, over part: Range<Int>?, _ error: WorkerMessage.ScriptError) -> Bool {
        let settings = job.specification.settings
        let files = prepared.manifest.plan.range(of: id).count
        guard settings.bisectFailedMiniBatches, files > 1 else { return false }
        var bisection = bisections[id] ?? Bisection(files: files, tries: settings.maxRetries)
        let mayGoOn = bisection.workerDied(over: part, error)
        bisections[id] = bisection
        guard mayGoOn, !bisection.parts.isEmpty else { return false }
        logs.warning(
            "Mini-batch \(id): \(error.type): \(error.message). It is split up to find the files that are to blame."
        )
        scheduler.reopenInParts(id)
        return true
    }

    private mutating func complete(_ done: WorkerMessage.Done, on number: Int) async throws {
        let work = done.seconds.map { $0.values.reduce(0, +) }
        guard let finished = scheduler.complete(done.id, on: number, work: work, at: clock.now) else { return }
        assign(to: number)
        let files = prepared.manifest.plan.range(of: done.id).count
        let killers = killers(of: done.id, attempt: finished.assignment.attempt)
        bisections[done.id] = nil
        let failedFiles = min(files, max(done.failedCount, done.failed.count) + killers.count)
        if let error = done.bisected {
            logs.exception(
                "Mini-batch \(done.id): \(error.type): \(error.message). It was split up; \(failedFiles) of \(files) files failed.",
                traceback: error.traceback,
                worker: nil
            )
        }
        if let names = done.columns { try columns.take(names, of: done.id) }
        for warning in done.warnings ?? [] { logs.warning("Mini-batch \(done.id): \(warning)") }
        if abandoned.contains(segmentName(of: number)) { return scheduler.reopen(done.id) }
        hostDeaths = 0
        let segment = Segment(
            file: segmentName(of: number),
            offset: done.offset,
            bytes: done.bytes,
            checksum: done.crc,
            rows: done.rows
        )
        try await record(
            MiniBatchRecord(
                id: done.id,
                // As when it had not been split: a mini-batch of which nothing is left has failed.
                outcome: (done.bisected != nil || !killers.isEmpty) && failedFiles == files ? .failed : .done(segment),
                tries: finished.assignment.attempt,
                files: files,
                startedAt: workspace.now().addingTimeInterval(-finished.seconds),
                seconds: finished.seconds,
                pid: crew.pid(of: number),
                failedFiles: failedFiles,
                failures: done.failures(attempt: finished.assignment.attempt) + killers
            ),
            rows: done.rows,
            worker: number
        )
    }

    /// The files of a mini-batch over which workers died.
    private func killers(of id: Int, attempt: Int) -> [FileFailure] {
        guard let bad = bisections[id]?.bad, !bad.isEmpty else { return [] }
        let files = prepared.manifest.files(of: id)
        return bad.sorted { $0.key < $1.key }.map { index, error in
            FileFailure(
                file: files[index],
                miniBatch: id,
                type: error.type,
                message: error.message,
                traceback: error.traceback,
                attempt: attempt
            )
        }
    }

    private mutating func tryFailed(_ id: Int, on number: Int, _ error: WorkerMessage.ScriptError) async throws {
        partInWork[number] = nil
        guard let failed = scheduler.fail(id, on: number, at: clock.now) else { return }
        try await conclude(id, failed.verdict, error, seconds: failed.seconds, on: number, pid: crew.pid(of: number))
        assign(to: number)
    }

    /// What follows from a failed try: another one, or the failure of all files of the mini-batch.
    private mutating func conclude(
        _ id: Int,
        _ verdict: MiniBatchScheduler.Verdict,
        _ error: WorkerMessage.ScriptError,
        seconds: Double,
        on number: Int,
        pid: Int
    ) async throws {
        let text = "Mini-batch \(id): \(error.type): \(error.message)."
        guard case .giveUp(let attempts) = verdict else {
            logs.exception("\(text) It will be tried again.", traceback: error.traceback, worker: number)
            for worker in crew.readyNumbers { assign(to: worker) }
            return
        }
        logs.exception("\(text) All \(attempts) tries failed.", traceback: error.traceback, worker: number)
        let files = prepared.manifest.files(of: id)
        let bad = bisections.removeValue(forKey: id)?.bad ?? [:]
        try await record(
            MiniBatchRecord(
                id: id,
                outcome: .failed,
                tries: attempts,
                files: files.count,
                startedAt: workspace.now().addingTimeInterval(-seconds),
                seconds: seconds,
                pid: pid,
                failures: files.enumerated().map { index, file in
                    let reason = bad[index] ?? error
                    return FileFailure(
                        file: file,
                        miniBatch: id,
                        type: reason.type,
                        message: reason.message,
                        traceback: reason.traceback,
                        attempt: attempts
                    )
                }
            ),
            rows: 0,
            worker: number
        )
    }

    private mutating func record(_ record: MiniBatchRecord, rows: Int, worker: Int) async throws {
        for failure in record.failures { logs.failure(failure) }
        logs.miniBatch(record, rows: rows, worker: worker)
        firstFailure = firstFailure ?? record.failures.first
        heard.failedFiles += record.failedFiles
        journal.add(record)
        window?.release(record.id)
        scheduler.available = window?.ready
        try checkThreshold(last: record.failures.last)
    }

    private func checkThreshold(last: FileFailure? = nil) throws {
        let threshold = job.specification.settings.errorThreshold
        guard heard.exceeds(errorThreshold: threshold) else { return }
        let reason = last.map {
            " The last, \($0.file.isEmpty ? "mini-batch \($0.miniBatch)" : $0.file): \($0.message)"
        }
        throw JobFailure(
            "The number of failed items is \(heard.failedFiles), which exceeds error threshold \(threshold).\(reason ?? "")"
        )
    }

    private func judge(_ checked: WorkerMessage.Checked) throws {
        guard let first = checked.problems.first else { return }
        let threshold = job.specification.settings.errorThreshold
        let areAllBad = checked.problems.count == prepared.manifest.plan.files
        let sentence = "\(checked.problems.count) of \(checked.files) files checked do not fit the model."
        if areAllBad || (threshold >= 0 && checked.problems.count > threshold) {
            throw JobFailure("\(sentence) Nothing was scored. \(first.file): \(first.message)")
        }
        logs.warning("\(sentence) They will fail; the others are scored.")
        for problem in checked.problems.prefix(20) { logs.warning("\(problem.file): \(problem.message)") }
    }

    // MARK: - Time

    private mutating func committed(_ result: Result<JobCounts, any Error>) async throws {
        switch result {
        case .success(let new):
            counts = new
            pause.madeProgress()
        case .failure(let lost as LostRows):
            try await abandon(lost)
        case .failure(let error as StudioError) where error.code == .notFound:
            throw error
        case .failure(let error):
            try await pause(for: "Finished mini-batches can't be recorded: \(error). The job goes on when they can.")
        }
    }

    /// What a disk refused once is not believed later: its workers end, and what they wrote is scored again into new files.
    private mutating func abandon(_ lost: LostRows) async throws {
        logs.systemError(
            "The rows of \(lost.miniBatches.count) mini-batches can't be made durable: \(lost.error) They are scored again."
        )
        abandoned.formUnion(lost.files)
        for record in lost.miniBatches {
            heard.failedFiles -= record.failedFiles
            scheduler.reopen(record.id)
        }
        for number in crew.numbers where lost.files.contains(segmentName(of: number)) {
            scheduler.release(worker: number)
            crew.excuse(number)
            crew[number]?.kill()
        }
        if OutOfSpace.isCause(of: lost.error) {
            try await pause(for: "There is no space left for rows. The job goes on when there is.")
        }
        for worker in crew.readyNumbers { assign(to: worker) }
        startWorkers()
    }

    private mutating func pause(for cause: String) async throws {
        if pause.isOn { return }
        logs.systemError(cause)
        // The database may lie on the full disk too: then the job waits all the same, and says so in its log alone.
        let isRecorded = try await workspace.setStateIfPossible(of: job.name, to: .paused, cause: cause)
        pause.begin(at: clock.now, isRecorded: isRecorded)
    }

    private mutating func goOn() async throws {
        if pause.isRecorded {
            guard try await workspace.setStateIfPossible(of: job.name, to: .running) else {
                return pause.begin(at: clock.now, isRecorded: true)
            }
        }
        pause.end()
        logs.info("The job goes on.")
        journal.retry()
        for worker in crew.readyNumbers { assign(to: worker) }
    }

    private var loadingTime: Duration { HostLaunch.loadingTime(timeout: job.specification.settings.timeout) }

    private mutating func tick() async throws {
        let now = clock.now
        let timeout = Duration.seconds(job.specification.settings.timeout)
        for worker in scheduler.overdue(after: timeout, at: now) {
            crew.markOverdue(worker, miniBatch: scheduler.current(of: worker)?.id)
            crew[worker]?.kill()
        }
        if case .asked(of: let worker, let since) = preflight, since.duration(to: now) > timeout {
            crew[worker]?.kill()
        }
        if let late = crew.lateForInit(after: loadingTime, at: now) {
            crew[late]?.kill()
            throw JobFailure(
                "init() of the scoring script has not ended after \(loadingTime.components.seconds) seconds, which are 3 times "
                    + "retry_settings.timeout and 30. Raise the timeout, or see logs/user/stdout and stderr for what it waits for."
            )
        }
        if pause.isOver(at: now), DiskSpace.isEnough(at: workspace.folder.path) { try await goOn() }
        if let line = progress.line(counts, at: now) {
            logs.overview(line)
            logs.flush()
        }
        if now >= nextLookAtMachine {
            logs.machine()
            nextLookAtMachine = now + .seconds(600)
        }
        if crew.hasNews {
            // For people who watch: nothing depends on it, and a full disk must not end the job here.
            try? await workspace.setWorkers(crew.status { scheduler.current(of: $0)?.id }, of: job.name)
        }
    }
}
