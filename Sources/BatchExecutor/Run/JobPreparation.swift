import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation

/// Gets ready what a job needs: environment, input list, warm host.
struct JobPreparation: Sendable {
    let job: Job
    let workspace: Workspace
    let pool: HostPool
    let environments: EnvironmentProvider
    let threads: Int
    let logs: JobLogs

    private var folder: JobFolder { workspace.folder.job(job.name) }
    private var specification: JobSpecification { job.specification }

    /// Prepares the job.
    ///
    /// - Throws: ``StudioError`` and `ScriptFailure` when something it needs can't be had.
    func prepare() async throws -> PreparedJob {
        try OutputAssembly(workspace: workspace, job: job.name, folder: folder, output: specification.output).claim()
        let began = ContinuousClock.now
        async let manifest = listInput()
        let (host, launch) = try await warmHost()
        do {
            return try await prepared(try await manifest, host, launch, since: began)
        } catch {
            await pool.release(launch)
            throw error
        }
    }

    private func prepared(
        _ listed: InputManifest,
        _ host: WorkerHost,
        _ launch: HostLaunch,
        since began: ContinuousClock.Instant
    ) async throws -> PreparedJob {
        try await workspace.setPlan(of: job.name, files: listed.plan.files, miniBatches: listed.plan.count)
        logs.overview(
            "Scheduling finished. Scheduled \(listed.plan.count) mini batches in "
                + "\(Int(began.duration(to: .now).seconds.rounded())) seconds. "
                + "There are \(listed.plan.count) tasks with \(listed.plan.files) items."
        )
        let finished = try await workspace.finishedMiniBatches(of: job.name)
        if !finished.isEmpty { logs.info("\(finished.count) mini batches are finished already; the others go on.") }
        return PreparedJob(
            host: host,
            launch: launch,
            manifest: listed,
            finished: finished,
            counts: try await workspace.job(job.name).counts,
            firstFailure: try await workspace.failures(of: job.name, limit: 1).first
        )
    }

    private func listInput() async throws -> InputManifest {
        let size = specification.settings.miniBatchSize
        if FileManager.default.fileExists(atPath: folder.manifest) {
            return try InputManifest(at: folder.manifest, miniBatchSize: size)
        }
        logs.overview("Start scheduling.")
        let listing = try InputListing(of: specification.input.path, isRecursive: specification.scoring != .generated)
        guard !listing.files.isEmpty else { throw Self.emptyInput(listing, specification.input) }
        if listing.hidden > 0 {
            logs.info("\(listing.hidden) hidden files, whose names begin with a dot, are not scored.")
        }
        if listing.foldersPassedOver > 0 {
            logs.warning(
                "\(listing.foldersPassedOver) folders in the input are not looked into: MLflow models are scored on the files "
                    + "of one folder."
            )
        }
        try InputManifest.write(listing, to: folder.manifest)
        return try InputManifest(at: folder.manifest, miniBatchSize: size)
    }

    private static func emptyInput(_ listing: InputListing, _ input: JobInput) -> StudioError {
        StudioError(
            .file,
            listing.foldersPassedOver > 0
                ? "The input folder \(input.path) holds only folders: MLflow models are scored on the files of one folder."
                : "The input folder \(input.path) is empty: there is nothing to score.",
            advice: "Name the folder that holds the files."
        )
    }

    private func warmHost() async throws -> (WorkerHost, HostLaunch) {
        let runtime = try RuntimeFiles.install(in: CacheFolder().path)
        let python = try await environments(specification.environment) { [logs] in logs.info($0) }
        let launch = launch(python: python, runtime: runtime)
        let host = await pool.acquire(launch)
        do {
            try await warmUp(host)
            return (host, launch)
        } catch {
            await pool.release(launch)
            throw error
        }
    }

    private func warmUp(_ host: WorkerHost) async throws {
        let isWarm = await host.isWarm
        if !isWarm { logs.info("Loading the scoring script. Loading a model runs its code.") }
        let loaded = try await host.warmUp(log: logs.hostLog)
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

    private func launch(python: String, runtime: String) -> HostLaunch {
        let model = (specification.modelPath as NSString).deletingLastPathComponent
        let (script, code) =
            switch specification.scoring {
            case .generated: (runtime + "/" + RuntimeFiles.generatedScriptName, model)
            case .script(let code): (code.folder + "/" + code.script, code.folder)
            }
        return HostLaunch(
            python: python,
            runtimeFolder: runtime,
            script: script,
            codeFolder: code,
            modelFolder: model,
            arguments: ["--logging_level", specification.settings.loggingLevel.rawValue],
            // Nothing that differs from job to job: a host is shared by the jobs of equal launches.
            environment: HostLaunch.threadVariables(threads)
                .merging(specification.settings.environmentVariables) { $1 }
        )
    }
}
