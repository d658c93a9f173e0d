package import BatchDomain
import BatchWorkers
import Foundation

/// A folder of a remote place, listed without a job.
package struct RemoteFolder: Sendable {
    private let input: RemoteInput
    private let credentials: Credentials
    private let variables: [String: String]
    private let environments: EnvironmentProvider

    /// - Parameters:
    ///   - input: The folder.
    ///   - credentials: What opens it.
    ///   - variables: The user's environment.
    ///   - environments: How the environment of the fetcher is provided.
    package init(
        _ input: RemoteInput,
        credentials: Credentials,
        variables: [String: String],
        environments: @escaping EnvironmentProvider = EnvironmentBuilder.provide
    ) {
        self.input = input
        self.credentials = credentials
        self.variables = variables
        self.environments = environments
    }

    /// The files and folders directly in it.
    ///
    /// - Parameter report: Receives the steps that take time.
    /// - Returns: Folders first, both by name.
    /// - Throws: ``StudioError`` when it can't be listed.
    package func entries(report: @escaping @Sendable (String) -> Void) async throws -> [DatastoreEntry] {
        let listed = try await list(isFolder: true, descent: .nowhere, leavingOut: LeftOutFiles(patterns: []), report)
        return try entries(listed.folders, listing: listed.files)
    }

    /// Lists it as a job does.
    ///
    /// - Parameters:
    ///   - isFolder: False for a file.
    ///   - descent: The folders within that are entered.
    ///   - leavingOut: The files that are not data.
    ///   - report: Receives the steps that take time.
    /// - Returns: The files, a line of JSON each, and the names of folders that were not entered.
    /// - Throws: ``StudioError`` when it can't be listed.
    func list(
        isFolder: Bool,
        descent: FolderDescent,
        leavingOut: LeftOutFiles,
        _ report: @escaping @Sendable (String) -> Void
    ) async throws -> (files: Data, folders: [String]) {
        let python = try await environments(FetcherProcess.environment, variables, report)
        let folder = NSTemporaryDirectory() + "/batchstudio-folder-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        report("Connecting to \(input.address)…")
        let (events, send) = AsyncStream<FetcherEvent>.makeStream()
        let process = FetcherProcess(
            python: python,
            runtime: try RuntimeFiles.install(in: CacheFolder(variables: variables).path),
            variables: variables,
            log: folder + "/log",
            workspaceID: Orphans.mark(of: folder)
        ) { send.yield($0) }
        process.send(.open(opening(in: folder)))
        process.send(.list(isFolder: isFolder, descent: descent, leavingOut: leavingOut))
        let listed = await first(of: events)
        await process.stop()
        let folders = try listed.get().folderNames ?? []
        return (try Data(contentsOf: URL(fileURLWithPath: folder + "/listing")), folders)
    }

    private func opening(in folder: String) -> FetcherOrder.Opening {
        FetcherOrder.Opening(
            job: "",
            input: input,
            credentials: credentials,
            filesFolder: folder + "/files",
            reasonsFolder: folder + "/reasons",
            manifest: folder + "/manifest",
            listing: folder + "/listing",
            cache: folder + "/cache",
            cacheLimit: 0
        )
    }

    private func first(of events: AsyncStream<FetcherEvent>) async -> Result<FetcherEvent.Listed, StudioError> {
        for await event in events {
            switch event {
            case .listed(let listed): return .success(listed)
            case .failed(_, let message): return .failure(unreadable(message))
            case .ended(let reason): return .failure(unreadable("the process that lists it \(reason)"))
            case .fetched, .waiting: break
            }
        }
        return .failure(unreadable("the listing was stopped"))
    }

    private func unreadable(_ message: String) -> StudioError {
        let name = input.datastore.map { "Datastore '\($0)'" } ?? input.address
        return StudioError(
            .file,
            "\(name) can't be read: \(message).",
            advice: "Check its address, the path and its credentials."
        )
    }

    /// A line of the listing that the fetcher writes.
    private struct Line: Decodable {
        var name: String
        var size: Int?
        var mtime: Double?
    }

    private func entries(_ folders: [String], listing: Data) throws -> [DatastoreEntry] {
        let decoder = JSONDecoder()
        let files = try listing.split(separator: UInt8(ascii: "\n")).map { line in
            let line = try decoder.decode(Line.self, from: line)
            let date = line.mtime.map { Date(timeIntervalSince1970: $0) }
            return DatastoreEntry(name: line.name, isFolder: false, bytes: line.size, modifiedAt: date)
        }
        return DatastoreEntry.ordered(folders.map { DatastoreEntry(name: $0, isFolder: true) } + files)
    }
}
