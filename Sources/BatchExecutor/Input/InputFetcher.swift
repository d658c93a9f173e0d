import BatchDomain
import BatchWorkers
import BatchWorkspace
import Foundation
import Synchronization

/// The fetcher of one job: lists its remote input, then downloads files on request; restarts when its process dies.
final class InputFetcher: Sendable {
    private struct State {
        var process: FetcherProcess?
        var onEvent: @Sendable (FetcherEvent) -> Void = { _ in }
        /// Which process is the present one: the end of an earlier one is no news.
        var generation = 0
    }

    private let job: Job
    private let input: RemoteInput
    private let workspace: Workspace
    private let access: RemoteAccess
    private let limits: FetchLimits
    private let python: String
    private let runtime: String
    private let environment: [String: String]
    private let state = Mutex(State())

    /// Where the list of files goes; where known files are still to be left out it is not the job's yet.
    var manifest: String { job.specification.input.isNewOnly == true ? folder.manifest + ".all" : folder.manifest }
    private var folder: JobFolder { workspace.folder.job(job.name) }

    /// Starts fetching with the interpreter of the fetch environment.
    ///
    /// - Throws: ``StudioError`` when the input's secrets can't be read, or a limit is not a size.
    init(
        _ input: RemoteInput,
        of job: Job,
        in workspace: Workspace,
        python: String,
        runtime: String,
        environment: [String: String]
    ) throws {
        self.environment = environment
        self.job = job
        self.input = input
        self.workspace = workspace
        self.python = python
        self.runtime = runtime
        access = try workspace.access(to: input, of: job.name)
        limits = try FetchLimits(environment)
        // Links that a killed executor left would keep files of the cache in use.
        try? FileManager.default.removeItem(atPath: (folder.inputFiles as NSString).deletingLastPathComponent)
        start()
    }

    /// Starts a process, in place of the one that died.
    func start() {
        let generation = state.withLock { state in
            state.generation += 1
            return state.generation
        }
        let process = FetcherProcess(
            python: python,
            runtime: runtime,
            variables: environment,
            log: folder.path + "/fetcher.log",
            workspaceID: Orphans.mark(of: workspace.folder.path)
        ) { [weak self] event in
            self?.state.withLock { $0.generation == generation ? $0.onEvent : nil }?(event)
        }
        state.withLock { $0.process = process }
        process.send(
            .open(
                FetcherOrder.Opening(
                    job: job.name,
                    input: input,
                    credentials: access.credentials,
                    filesFolder: folder.inputFiles,
                    reasonsFolder: folder.inputReasons,
                    manifest: manifest,
                    listing: folder.remoteListing,
                    cache: workspace.folder.inputCache,
                    cacheLimit: limits.cache,
                    maxFileSize: limits.maxFileSize
                )
            )
        )
    }

    /// Lists the input; the job's manifest is there afterwards.
    ///
    /// - Throws: ``StudioError`` when it can't be listed.
    func list(into descent: FolderDescent) async throws -> FetcherEvent.Listed {
        let (events, send) = AsyncStream<FetcherEvent>.makeStream()
        onEvent { send.yield($0) }
        order(
            .list(isFolder: job.specification.input.kind == .folder, descent: descent, leavingOut: .standard)
        )
        for await event in events {
            switch event {
            case .listed(let listed): return listed
            case .failed(_, let message):
                throw StudioError(.file, "The input \(input.address) can't be read: \(message).", advice: advice)
            case .ended(let reason):
                throw StudioError(
                    .environment,
                    "The process that fetches remote inputs \(reason).",
                    advice: "Its last words are in \(folder.path)/fetcher.log."
                )
            case .fetched, .waiting: break
            }
        }
        throw CancellationError()
    }

    /// Sends all further messages of the process to another receiver.
    func onEvent(_ body: @escaping @Sendable (FetcherEvent) -> Void) { state.withLock { $0.onEvent = body } }

    func order(_ order: FetcherOrder) { state.withLock { $0.process }?.send(order) }

    /// Ends the process; the files stay in the cache.
    func stop() async {
        let process = state.withLock { state in
            state.generation += 1
            return state.process.take()
        }
        await process?.stop()
        try? FileManager.default.removeItem(atPath: (folder.inputFiles as NSString).deletingLastPathComponent)
    }

    private var advice: String {
        input.datastore.map { "Check the path and the credentials of datastore '\($0)'." }
            ?? "Check the address; --input-type says whether it is a uri_file or a uri_folder."
    }
}
