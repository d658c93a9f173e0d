import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Logging

/// Gets ready what a job needs: environment, input list, warm host.
struct JobPreparation: Sendable {
    let job: Job
    let workspace: Workspace
    let pool: HostPool
    let environments: EnvironmentProvider
    let workers: Int
    let threads: Int
    let logs: JobLogs
    let logger: Logger
    /// The variables that the job brings; nil for the executor's own.
    let variables: [String: String]?
    /// The GPUs that the job may have.
    let gpus: GPUListing
    /// The cluster that the job runs on; nil for this machine.
    let cluster: RayCluster?

    private var environment: [String: String] {
        JobVariables.environment(ProcessInfo.processInfo.environment, with: variables)
    }
    private var folder: JobFolder { workspace.folder.job(job.name) }
    private var specification: JobSpecification { job.specification }

    /// Prepares the job.
    ///
    /// - Throws: ``StudioError`` and `ScriptFailure` when something it needs is not available.
    func prepare() async throws -> PreparedJob {
        try gpus.require(specification.settings.gpus)
        try OutputAssembly(of: job, in: workspace).claim()
        let began = ContinuousClock.now
        let (input, host) = try await inputAndHost()
        do {
            return try await prepared(input.manifest, input.fetcher, host.host, host.launch, since: began)
        } catch {
            await input.fetcher?.stop()
            await pool.release(host.launch)
            throw error
        }
    }

    private struct Input: Sendable {
        let manifest: InputManifest
        let fetcher: InputFetcher?
    }

    private struct Host: Sendable {
        let host: WorkerHost
        let launch: HostLaunch
    }

    private enum Part: Sendable {
        case input(Input)
        case host(Host)
    }

    /// Gets both at the same time; when one fails the other is canceled: a silent server would hold back the reason, or a long build.
    private func inputAndHost() async throws -> (Input, Host) {
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask { .input(try await takeInput()) }
            group.addTask { .host(try await warmHost()) }
            var (input, host): (Input?, Host?)
            var failure: (any Error)?
            while let result = await group.nextResult() {
                switch result {
                case .success(.input(let part)): input = part
                case .success(.host(let part)): host = part
                case .failure(let error):
                    failure = failure ?? error
                    group.cancelAll()
                }
            }
            if let input, let host { return (input, host) }
            await input?.fetcher?.stop()
            if let host { await pool.release(host.launch) }
            throw failure ?? CancellationError()
        }
    }

    private func prepared(
        _ listed: InputManifest,
        _ fetcher: InputFetcher?,
        _ host: WorkerHost,
        _ launch: HostLaunch,
        since began: ContinuousClock.Instant
    ) async throws -> PreparedJob {
        try await workspace.setPlan(of: job.name, files: listed.plan.files, miniBatches: listed.plan.count)
        logs.overview(
            "Scheduling finished. Scheduled \(listed.plan.count) mini batches in "
                + "\(Int(began.duration(to: .now).seconds.rounded())) seconds. "
                + "There \(listed.plan.count == 1 ? "is" : "are") \(listed.plan.count) task\(listed.plan.count == 1 ? "" : "s") "
                + "with \(listed.plan.files) item\(listed.plan.files == 1 ? "" : "s")."
        )
        try workspace.place.makeFolder(WorkspaceFolder.work(of: job.name))
        try await WorkFolder.make(at: folder.work, from: launch.relativeFiles)
        let (finished, columns) = try await finishedMiniBatches()
        if !finished.isEmpty {
            logs.info("\(finished.count) mini batches are finished already; the job resumes with the others.")
        }
        let fileColumn =
            specification.scoring == .generated
            ? specification.settings.outputFileColumn.resolved(areNamesUnique: listed.areNamesUnique) : .name
        try await note(rules(fileColumn: fileColumn))
        return PreparedJob(
            host: host,
            launch: launch,
            manifest: listed,
            fetcher: fetcher,
            gpus: gpus.gpus,
            finished: finished,
            parts: listed.plan.hasParts ? try await workspace.journaledParts(of: job.name) : JournaledParts(),
            counts: try await workspace.job(job.name).counts,
            firstFailure: try await workspace.failures(of: job.name, limit: 1).first,
            columns: columns,
            undecidedFailures: columns.fixed == nil ? try await workspace.failedFilesBesideRows(of: job.name) : 0,
            fileColumn: fileColumn,
            check: await check(finished)
        )
    }

    /// The mini-batches that an earlier executor finished, without those whose rows have other columns than the output.
    private func finishedMiniBatches() async throws -> (Set<Int>, OutputColumns) {
        var finished = try await workspace.finishedMiniBatches(of: job.name)
        let file = ColumnsFile(of: folder)
        var columns = OutputColumns(variants: try file.read())
        let rule = ColumnRule(specification)
        guard rule != .free, !finished.isEmpty else { return (finished, columns) }
        let journaled = try await workspace.journaledColumns(of: job.name)
        try file.check(columns.variants, have: journaled.lazy.compactMap(\.variant).max())
        guard rule == .first else { return (finished, columns) }
        let differing = columns.restore(journaled)
        if !differing.isEmpty {
            logs.info("\(differing.count) mini-batches have other columns than the first rows. They are scored again.")
            try await workspace.discardMiniBatches(differing, of: job.name)
            finished.subtract(differing)
        }
        return (finished, columns)
    }

    /// The checks before the first mini-batch; a job that was resumed must not infer other types than before.
    private func check(_ finished: Set<Int>) async -> InputCheck {
        guard specification.scoring == .generated else { return .none }
        if await signature == nil, !FileManager.default.fileExists(atPath: folder.inputTypes) { return .types }
        return finished.isEmpty ? .files : .none
    }

    /// Notes on consequences of the job's settings for its output that users may not expect.
    private func rules(fileColumn: OutputFileColumn) -> [String] {
        guard specification.scoring == .generated else { return [] }
        var notes: [String] = []
        if fileColumn == .path, specification.settings.outputFileColumn == .auto {
            notes.append(
                "The file column has paths relative to the input, because some files have the same name "
                    + "(output_file_column: auto)."
            )
        }
        switch specification.settings.rowContract {
        case .onePerRow: break
        case .byIndex: notes.append("Predictions are matched to rows by their index (row_contract: by_index).")
        case .unchecked:
            notes.append(
                "Predictions are written as the model returns them: nothing checks that there is one for each row "
                    + "(row_contract: none)."
            )
        }
        return notes
    }

    private func note(_ notes: [String]) async throws {
        for note in try await workspace.addNotes(notes, to: job.name) { logs.warning(note) }
    }

    private func takeInput() async throws -> Input {
        guard let remote = specification.input.remote else {
            return Input(manifest: try await listInput(), fetcher: nil)
        }
        let runtime = try RuntimeFiles.install(in: CacheFolder().path)
        let python = try await environments(FetcherProcess.environment, environment) { [logs] in logs.environment($0) }
        let fetcher = try InputFetcher(
            remote,
            of: job,
            in: workspace,
            python: python,
            runtime: runtime,
            environment: environment
        )
        do {
            if !FileManager.default.fileExists(atPath: folder.manifest) { try await listRemoteInput(fetcher) }
            let size = specification.settings.miniBatchSize
            return Input(manifest: try InputManifest(at: folder.manifest, miniBatchSize: size), fetcher: fetcher)
        } catch {
            await fetcher.stop()
            throw error
        }
    }

    private func listRemoteInput(_ fetcher: InputFetcher) async throws {
        logs.info("Listing \(specification.input.place).")
        let descent = FolderDescent(for: specification.input, scoring: specification.scoring)
        let listed = try await fetcher.list(into: descent)
        if listed.files == 0 {
            // Else the next try would take the empty list for the input.
            try? FileManager.default.removeItem(atPath: fetcher.manifest)
            throw specification.input.emptiness(foldersPassedOver: listed.folders)
        }
        let filter = NewFilesFilter(job: job, workspace: workspace)
        let known = try await filter.applyToRemote(fetcher.manifest, in: folder)
        let hidden = listed.hidden > 0 ? LeftOutFiles.standard.note(count: listed.hidden) : nil
        try await note([hidden, specification.input.passedOverNote(folders: listed.folders), known].compactMap { $0 })
        logs.info("\(listed.files) files with \(listed.bytes) bytes are fetched as they are needed.")
    }

    /// The model's signature; nil where it has none, or is no MLflow model.
    private var signature: ModelSignature? {
        get async { try? await workspace.model(AssetReference(specification.model)).mlflow?.signature }
    }

    private func listInput() async throws -> InputManifest {
        let size = specification.settings.miniBatchSize
        if FileManager.default.fileExists(atPath: folder.manifest) {
            return try InputManifest(at: folder.manifest, miniBatchSize: size)
        }
        logs.overview("Start scheduling.")
        var listing = try InputListing(for: specification.input, scoring: specification.scoring)
        let passedOver = specification.input.passedOverNote(folders: listing.foldersPassedOver)
        let known = try await NewFilesFilter(job: job, workspace: workspace).apply(to: &listing)
        try await note(listing.notes + [passedOver, known].compactMap { $0 })
        if let splitter = await FileSplitter(specification, workers: workers, signature: signature) {
            let large = listing.files.filter { $0.size > splitter.size }
            if !large.isEmpty {
                let bytes = ByteSize.text(large.reduce(0) { $0 + $1.size })
                logs.info("Splitting \(Figures.count(large.count, "large file")) (\(bytes)) into parts.")
            }
            listing = try await listing.split(by: splitter)
        }
        try InputManifest.write(listing, to: folder.manifest)
        return try InputManifest(at: folder.manifest, miniBatchSize: size)
    }

    private func warmHost() async throws -> Host {
        let runtime = try RuntimeFiles.install(in: CacheFolder().path)
        let began = ContinuousClock.now
        let python = try await environments(specification.environment, environment) { [logs, logger] line in
            logger.debug("\(line)")
            logs.environment(line)
        }
        let seconds = String(format: "%.2f", began.duration(to: .now).seconds)
        logger.info("The environment is ready.", metadata: ["python": "\(python)", "seconds": "\(seconds)"])
        if specification.rowFormat == .parquet { try await ParquetJoin.check(python: python) }
        let driver = try await clusterDriver()
        func launch(isLight: Bool) -> HostLaunch {
            HostLaunch(
                specification,
                python: python,
                runtime: runtime,
                threads: threads,
                variables: variables,
                isLight: isLight,
                driver: driver
            )
        }
        let isLight = await workspace.loadsLight(specification, python: python, runtime: runtime)
        try workspace.place.makeFolder(WorkspaceFolder.hostsName)
        // A process that has the model loaded is quicker than any way to load it.
        let (host, launch) = await pool.acquire(launch(isLight: isLight), orLoaded: launch(isLight: false))
        do {
            try await warmUp(host)
            return Host(host: host, launch: launch)
        } catch {
            await pool.release(launch)
            throw error
        }
    }

    private func clusterDriver() async throws -> ClusterDriver? {
        guard let cluster else { return nil }
        let name = specification.compute
        let request = ClusterDriver.environment(of: cluster, named: name)
        let python = try await environments(request, environment) { [logs] in logs.environment($0) }
        logs.info("The job runs on the cluster \(name) at \(cluster.address).")
        return await ClusterDriver(named: name, cluster, python: python, variables: environment)
    }

    private func warmUp(_ host: WorkerHost) async throws {
        let limit = HostLaunch.loadingTime(timeout: specification.settings.timeout)
        if !gpus.gpus.isEmpty {
            await host.limitLoading(to: limit)
            return logs.info("Each worker loads the scoring script for itself, with its GPUs set before any import.")
        }
        let isWarm = await host.isWarm
        if !isWarm { logs.info("Loading the scoring script. Loading a model runs its code.") }
        let loaded = try await host.warmUp(log: logs.beginHostLog(), within: limit) { [logs] in logs.info($0.reason) }
        logger.info("The scoring script is loaded.", metadata: ["isWarm": "\(isWarm)"])
        if isWarm {
            logs.info("The scoring script is loaded already.")
        } else {
            let versions = loaded.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            logs.info("Loaded in \(String(format: "%.2f", loaded.seconds)) s: \(versions.joined(separator: ", ")).")
        }
        if let reason = loaded.reasonNotToFork {
            logs.info("Each worker loads the script for itself: it can't be forked (\(reason)).")
        }
    }
}
