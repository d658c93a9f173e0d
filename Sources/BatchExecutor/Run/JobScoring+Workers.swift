import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Glibc
import Logging

/// Workers: their start, job, messages and deadlines.
extension JobScoring {
    mutating func startWorkers() {
        // On a full disk they would die at once; they are started when the job resumes.
        if pause.isOn { return }
        while let number = pool.next(work: scheduler.unassigned) {
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
            pool.starting(number, start)
        }
    }

    mutating func workerStarted(_ number: Int, _ result: Result<Worker, any Error>) async throws {
        switch result {
        case .success(let worker):
            pool.started(worker)
            logger.debug("A worker is started.", metadata: ["worker": "\(number)"])
            tellJob(to: number)
        case .failure(let error):
            pool.remove(number)
            guard OutOfSpace.isCause(of: error) else { throw error }
            try await pause(for: "There is no space left for a worker: \(error) The job resumes when there is.")
        }
    }

    mutating func handle(_ event: WorkerEvent, of number: Int) async throws {
        switch event {
        case .forked(let pid):
            groups.add(number, named: segmentName(of: number), pid: pid)
        case .connected(let pid):
            groups.add(number, named: segmentName(of: number), pid: pid)
            pool.connected(number, pid: pid, at: workspace.now(), clock.now)
            logger.info("A worker has connected.", metadata: ["worker": "\(number)", "pid": "\(pid)"])
            tellJob(to: number)
        case .message(let message):
            try await handle(message, of: number)
        case .ended(let reason, let isBlameless, let signal):
            if signal == Int(SIGBUS) { releaseForTruncatedFiles(number) }
            try await workerEnded(number, reason: reason, isBlameless: isBlameless)
        }
    }

    /// Sends a worker its job, once its process is known, connected and in its group: whichever comes last.
    mutating func tellJob(to number: Int) {
        guard pool.isConnected(number), groups.isSettled(number), let worker = pool[number] else { return }
        let folder = workspace.folder.job(job.name)
        var start = ExecutorMessage.Start(
            job: job.name,
            manifest: folder.manifest,
            inputRoot: job.specification.input.root,
            segment: folder.segments + "/" + segmentName(of: number),
            outputFolder: job.specification.output.folder,
            outputAction: job.specification.settings.outputAction.rawValue,
            outputFormat: job.specification.rowFormat.rawValue,
            reasons: window == nil ? nil : folder.inputReasons,
            metrics: logs.metrics(of: number),
            memoryLimit: job.specification.settings.memoryLimitPerWorker
        )
        start.setScoring(of: job.specification, fileColumn: prepared.fileColumn)
        if job.specification.scoring == .generated { start.inputTypes = folder.inputTypes }
        start.workFolder = folder.work
        start.reportColumns = columnRule == .free ? nil : true
        worker.send(.start(start))
        if let names = columns.names { worker.send(.columns(names)) }
        startedJob.insert(number)
    }

    /// A segment file has one writer ever: a number is not used again, and another executor has another generation.
    func segmentName(of number: Int) -> String { "\(generation)-\(number)" }

    mutating func handle(_ message: WorkerMessage, of number: Int) async throws {
        switch message {
        case .ready:
            scheduler.add(worker: number, at: clock.now)
            pool.ready(number, at: workspace.now())
            try startScoring(on: number)
        case .fatal(let error):
            logs.exception("init() failed. \(error.type): \(error.message)", traceback: error.traceback, worker: number)
            guard !OutOfSpace.isCause(named: error.message) else {
                let cause = "There is no space left for init(): \(error.message). The job resumes when there is."
                return try await pause(for: cause)
            }
            throw JobFailure("init() of the scoring script failed. \(error.type): \(error.message)")
        case .checked(let checked):
            guard preflight.isAsked(of: number) else { break }
            try receive(checked)
            // Where not even the first file was checked, the check itself has failed; the log has its traceback.
            if checked.files == 0 { try refuseUnknownTypes("the check of the input failed; see logs/user/stderr") }
            try await endPreflight(noting: checked.notes ?? [])
        case .failed(let id, let failed):
            partial.add(failed, of: id, on: number)
        case .part(let id, let part):
            // What a script's process says need not be true, and files are looked up by it.
            guard scheduler.current(of: number)?.id == id,
                part.upperBound <= prepared.manifest.plan.range(of: id).count
            else { break }
            partial.begin(part, of: id, on: number)
            scheduler.beginPart(of: id, on: number, at: clock.now)
        case .done(var done):
            partial.complete(&done, on: number)
            try await complete(done, on: number)
        case .error(let id, let error):
            try await tryFailed(id, on: number, error)
        case .diskFull(let id, let message):
            scheduler.putBack(id, from: number, at: clock.now)
            try await pause(for: "There is no space left: \(message). The job resumes when there is free space.")
        case .heartbeat(let heartbeat):
            pool.heartbeat(number, file: heartbeat.file, residentBytes: heartbeat.rss)
        case .hello, .forked, .exited, .bye:
            break
        }
    }

    mutating func workerEnded(_ number: Int, reason: String, isBlameless: Bool) async throws {
        let excess = pool.memoryExcess(of: number).map { "held \($0)" }
        let killedForMemory = await groups.end(number)
        let memory = excess ?? killedForMemory
        let reason = memory ?? reason
        let end = pool.remove(number)
        startedJob.remove(number)
        let part = partial.workerEnded(number)
        if isBlameless {
            scheduler.release(worker: number)
            try hostDied(reason: reason)
        }
        let timeout = job.specification.settings.timeout
        // It was killed for one mini-batch, but had finished it and begun the next by then: no mini-batch is charged an attempt.
        if let overdue = end?.overdue, overdue != scheduler.current(of: number)?.id {
            scheduler.release(worker: number)
        }
        let (type, message) =
            memory != nil
            ? ("OutOfMemory", "the worker that scored it \(reason); it was killed")
            : end?.overdue != nil
                ? (
                    "Timeout",
                    "run() took longer than \(timeout) seconds (retry_settings.timeout); its worker was killed"
                )
                : ("WorkerDied", "the worker that scored it \(reason)")
        if let failed = scheduler.remove(worker: number, at: clock.now) {
            let error = WorkerMessage.ScriptError(type: type, message: message)
            if case .exhausted = failed.verdict,
                bisect(failed.id, over: part?.id == failed.id ? part?.part : nil, error)
            {
                for worker in pool.readyNumbers { assign(to: worker) }
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
        } else if end?.isReady != true, !isBlameless, !pause.isOn {
            // Without an inode for its logs a worker dies before it can report anything.
            if DiskSpace.isEnough(at: workspace.folder.path) {
                try pool.diedEarly(reason: reason)
            } else {
                let cause = "There is no space left for a worker, which \(reason). The job resumes when there is."
                try await pause(for: cause)
            }
        }
        let late = end?.overdue == nil ? "" : " for its timeout: run() took longer than \(timeout) seconds"
        logger.warning("A worker \(reason)\(late).", metadata: ["worker": "\(number)", "pid": "\(end?.pid ?? 0)"])
        logs.systemError("Worker \(number) \(reason)\(late).")
        if preflight.isAsked(of: number) { try preflightDied() }
        startWorkers()
    }

    /// A host that dies again and again while nothing gets done is killed by what its workers do, though it is unknown which.
    mutating func hostDied(reason: String) throws {
        hostDeaths += 1
        if hostDeaths > 5 * max(1, pool.size) {
            throw JobFailure(
                "The process that workers are forked from ends again and again: a worker \(reason). "
                    + "Nothing was scored in between; see logs/sys/host.txt."
            )
        }
    }

    var loadingTime: Duration { HostLaunch.loadingTime(timeout: job.specification.settings.timeout) }

    mutating func tick() async throws {
        let now = clock.now
        let timeout = Duration.seconds(job.specification.settings.timeout)
        for worker in scheduler.overdue(after: timeout, at: now) {
            pool.markOverdue(worker, miniBatch: scheduler.current(of: worker)?.id)
            pool[worker]?.kill()
        }
        if let limit = job.specification.settings.memoryLimitPerWorker {
            for (worker, children) in pool.markBeyond(limit, in: groups.current) {
                pool[worker]?.kill()
                // Those in sessions of their own are not of its group.
                for child in children { kill(pid_t(child), SIGKILL) }
            }
        }
        if case .asked(of: let worker, let since) = preflight.stage, since.duration(to: now) > timeout {
            pool[worker]?.kill()
        }
        if let late = pool.lateForInit(after: loadingTime, at: now) {
            pool[late]?.kill()
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
        if pool.hasNews {
            // Shown only: nothing depends on it, and a full disk must not end the job here.
            try? await workspace.setWorkers(pool.status { scheduler.current(of: $0)?.id }, of: job.name)
        }
    }
}
