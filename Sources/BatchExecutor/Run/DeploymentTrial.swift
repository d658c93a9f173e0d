package import BatchDomain
package import BatchWorkers
package import BatchWorkspace
import Foundation

/// Scores one file with a deployment, as a job's worker would, without a job.
package struct DeploymentTrial: Sendable {
    private enum Event: Sendable {
        case worker(WorkerEvent)
        case overdue(String)
    }

    /// Bytes of each log that are shown, from its end.
    private static let maxPrinted: UInt64 = 1 << 20

    private let workspace: Workspace
    private let environments: EnvironmentProvider
    private let gpus: GPUProvider

    /// - Parameters:
    ///   - workspace: Where the deployment is.
    ///   - environments: How its environment is provided.
    ///   - gpus: How the GPUs of this machine are listed.
    package init(
        in workspace: Workspace,
        environments: @escaping EnvironmentProvider = EnvironmentBuilder.provide,
        gpus: @escaping GPUProvider = { await GPUListing.current() }
    ) {
        self.workspace = workspace
        self.environments = environments
        self.gpus = gpus
    }

    /// Scores the file.
    ///
    /// - Parameters:
    ///   - file: Its path, absolute.
    ///   - deployment: The deployment's name; nil for the endpoint's default.
    ///   - endpoint: The endpoint's name.
    ///   - report: Receives the steps that take time.
    /// - Returns: Rows, prints, times, or why the file failed.
    /// - Throws: ``StudioError`` when the deployment, the file or the environment is not available.
    package func score(
        _ file: String,
        with deployment: String?,
        of endpoint: String,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> DeploymentTest {
        let folder = try PrivateFolder(named: "batchstudio-trial").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/output",
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let specification = try await workspace.trialSpecification(
            of: deployment,
            endpoint: endpoint,
            file: file,
            folder: folder + "/output"
        )
        try InputManifest.write(try InputListing(of: file, into: .nowhere), to: folder + "/manifest.tsv")
        let python = try await environments(specification.environment, ProcessInfo.processInfo.environment, report)
        var launch = HostLaunch(
            specification,
            python: python,
            runtime: try RuntimeFiles.install(in: CacheFolder().path),
            threads: ProcessInfo.processInfo.activeProcessorCount
        )
        let settings = specification.settings
        if settings.gpus > 0 {
            let listing = await gpus()
            try listing.require(settings.gpus)
            // The GPUs that a job's first worker has.
            let shares = Array(listing.gpus.prefix(settings.gpus)).shares(among: max(1, settings.workers))
            launch = launch.adding(shares[0].environment)
        }
        // Marked by a folder of its own: the workspace's executor must not take its processes for a dead one's.
        let host = WorkerHost(
            launch,
            listener: try WorkerListener(),
            workspaceID: Orphans.mark(of: folder),
            folders: folder + "/hosts"
        )
        try await WorkFolder.make(at: folder + "/work", from: launch.relativeFiles)
        report("Loading the scoring script. Loading a model runs its code.")
        var outcome: DeploymentTest
        do {
            outcome = try await score(specification, on: host, in: folder)
        } catch {
            await host.stop()
            throw error
        }
        await host.stop()
        outcome.printed = ["host.txt", "stdout.txt", "stderr.txt"].map { Self.end(of: folder + "/" + $0) }.joined()
        outcome.written = (FileManager.default.subpaths(atPath: folder + "/output") ?? []).sorted()
        return outcome
    }

    private func score(
        _ specification: JobSpecification,
        on host: WorkerHost,
        in folder: String
    ) async throws -> DeploymentTest {
        var outcome = DeploymentTest()
        let name = (specification.input.path as NSString).lastPathComponent
        func fail(_ type: String, _ message: String, _ traceback: String? = nil) {
            outcome.failures.append(
                FileFailure(file: name, miniBatch: 0, type: type, message: message, traceback: traceback, attempt: 1)
            )
        }
        let loading = HostLaunch.loadingTime(timeout: specification.settings.timeout)
        do {
            outcome.loadSeconds = try await host.warmUp(log: folder + "/host.txt", within: loading).seconds
        } catch let failure as ScriptFailure {
            fail(failure.type, failure.message, failure.traceback)
            return outcome
        }
        let (events, send) = AsyncStream<Event>.makeStream()
        let worker = try await host.startWorker(
            1,
            streams: WorkerStreams(stdout: folder + "/stdout.txt", stderr: folder + "/stderr.txt"),
            log: folder + "/host.txt"
        ) { send.yield(.worker($0)) }
        var alarm = Self.alarm("init()", after: loading, send)
        var group: ControlGroup?
        defer {
            alarm.cancel()
            group?.end()
        }
        let manifest = try InputManifest(at: folder + "/manifest.tsv", miniBatchSize: 1)
        for await event in events {
            switch event {
            case .overdue(let what):
                fail("Timeout", what)
                return outcome
            case .worker(.connected(let pid)):
                group = ControlGroups.current()?
                    .enclose(
                        pid,
                        as: "trial",
                        markedBy: Orphans.mark(of: folder),
                        memoryLimit: specification.settings.memoryLimitPerWorker
                    )
                worker.send(.start(start(specification, in: folder)))
            case .worker(.message(.ready(let ready))):
                outcome.initSeconds = ready.seconds
                alarm.cancel()
                alarm = Self.alarm("run()", after: .seconds(specification.settings.timeout), send)
                worker.send(.run(id: 0, bytes: manifest.bytes(of: 0)))
            case .worker(.message(.fatal(let error))), .worker(.message(.error(_, let error))):
                fail(error.type, error.message, error.traceback)
                return outcome
            case .worker(.message(.diskFull(_, let message))):
                throw StudioError(.file, "There is no space left: \(message).")
            case .worker(.message(.failed(_, let failed))):
                for file in failed { fail(file.type, file.message, file.traceback) }
            case .worker(.message(.done(let done))):
                outcome.take(done)
                for file in done.failed { fail(file.type, file.message, file.traceback) }
                outcome.rows = try Self.rows(done, in: folder)
                alarm.cancel()
                worker.send(.stop)
                alarm = Self.alarm("shutdown()", after: .seconds(30), send)
            case .worker(.ended(let reason, _, _)):
                if outcome.runSeconds == nil { fail("WorkerDied", "the worker \(reason)") }
                return outcome
            case .worker(.forked), .worker(.message):
                break
            }
        }
        throw CancellationError()
    }

    private func start(_ specification: JobSpecification, in folder: String) -> ExecutorMessage.Start {
        var start = ExecutorMessage.Start(
            job: "trial",
            manifest: folder + "/manifest.tsv",
            inputRoot: specification.input.root,
            segment: folder + "/segment",
            outputFolder: folder + "/output",
            outputAction: specification.settings.outputAction.rawValue,
            outputFormat: (specification.rowFormat == .parquet ? .jsonLines : specification.rowFormat).rawValue
        )
        start.setScoring(of: specification, fileColumn: .name)
        start.workFolder = folder + "/work"
        start.memoryLimit = specification.settings.memoryLimitPerWorker
        return start
    }

    private static func alarm(
        _ what: String,
        after limit: Duration,
        _ send: AsyncStream<Event>.Continuation
    ) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: limit, clock: .suspending)
            send.yield(.overdue("\(what) took longer than \(limit.components.seconds) seconds"))
        }
    }

    /// What was printed and logged, at most its last ``maxPrinted`` bytes.
    private static func end(of log: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: log), let size = try? handle.seekToEnd() else { return "" }
        defer { try? handle.close() }
        let start = size > maxPrinted ? size - maxPrinted : 0
        guard (try? handle.seek(toOffset: start)) != nil, let bytes = try? handle.readToEnd() else { return "" }
        return (start > 0 ? "… (\(start) bytes before this are left out)\n" : "")
            + String(decoding: bytes, as: UTF8.self)
    }

    private static func rows(_ done: WorkerMessage.Done, in folder: String) throws -> [String] {
        guard done.bytes > 0 else { return [] }
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/segment"))
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(done.offset))
        let data = try handle.read(upToCount: min(done.bytes, 16 << 20)) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

extension DeploymentTest {
    fileprivate mutating func take(_ done: WorkerMessage.Done) {
        rowCount = done.rows
        columns = done.columns
        warnings = done.warnings ?? []
        runSeconds = (done.seconds ?? [:]).values.reduce(0, +)
    }
}
