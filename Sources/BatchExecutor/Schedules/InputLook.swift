package import BatchDomain
import BatchWorkers
package import BatchWorkspace
import Foundation
import SystemKit

/// Lists the input of a job that would score what is new, without a job.
package struct InputLook: Sendable {
    private let workspace: Workspace
    private let variables: [String: String]
    private let environments: EnvironmentProvider

    /// - Parameters:
    ///   - workspace: Where the input and what is known of it are.
    ///   - variables: The environment of the process that lists remote inputs.
    ///   - environments: How that process's environment is provided.
    package init(
        in workspace: Workspace,
        variables: [String: String],
        environments: @escaping EnvironmentProvider = EnvironmentBuilder.provide
    ) {
        self.workspace = workspace
        self.variables = variables
        self.environments = environments
    }

    /// Counts the files that are new.
    ///
    /// - Parameters:
    ///   - specification: The job.
    ///   - reference: Its input as the user gave it.
    ///   - report: Receives the steps that take time.
    /// - Returns: The count.
    /// - Throws: ``StudioError`` when the input is empty, or can't be listed.
    package func count(
        _ specification: JobSpecification,
        given reference: DataReference,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> NewFileCount {
        let listed = try await listing(specification, given: reference, report)
        if listed.files.isEmpty { throw specification.input.emptiness(foldersPassedOver: listed.foldersPassedOver) }
        // Files without a known version are always new.
        let versioned = listed.files.compactMap(\.version)
        let areNew = try await workspace.areNew(versioned, to: specification)
        let new = areNew.count { $0 } + listed.files.count - versioned.count
        return NewFileCount(new: new, all: listed.files.count)
    }

    /// The files that are new, and that no run of a schedule has taken.
    ///
    /// - Returns: The files, and the folders on this machine in which others would be found.
    /// - Throws: ``StudioError`` when the input can't be listed.
    func arrivals(
        _ specification: JobSpecification,
        of schedule: Schedule
    ) async throws -> (files: [Arrivals.File], folders: Set<String>) {
        let listed = try await listing(specification, given: schedule.job.input, { _ in })
        // A file without a version would be new each time.
        let files = listed.files.compactMap { file in file.version.map { (file: file, version: $0) } }
        let areNew = try await workspace.areNew(files.map(\.version), to: specification, notTakenBy: schedule.name)
        let arrived = zip(files, areNew).filter { $0.1 }.map { entry, _ in
            Arrivals.File(
                path: entry.file.file.path,
                digest: entry.version,
                modifiedAt: entry.file.file.modifiedAt,
                isComplete: entry.file.isComplete
            )
        }
        return (arrived, listed.folders)
    }

    private struct Listed: Sendable {
        var files: [(file: InputFile, version: FileDigest?, isComplete: Bool)]
        var foldersPassedOver: Int
        var folders: Set<String> = []
    }

    private func listing(
        _ specification: JobSpecification,
        given reference: DataReference,
        _ report: @escaping @Sendable (String) -> Void
    ) async throws -> Listed {
        let (input, scoring) = (specification.input, specification.scoring)
        let digests = InputDigests(of: input, in: workspace.folder)
        let descent = FolderDescent(for: input, scoring: scoring)
        guard let remote = input.remote else {
            return try await DiskWork.run {
                let listing = try InputListing(of: input.path, into: descent, patterns: input.patterns)
                return Listed(
                    files: listing.files.map { ($0, digests.digest(of: $0), listing.isComplete($0)) },
                    foldersPassedOver: listing.foldersPassedOver,
                    folders: Set(listing.folders.map { $0.isEmpty ? listing.root : listing.root + "/" + $0 })
                )
            }
        }
        let folder = RemoteFolder(
            remote,
            credentials: try await workspace.access(to: remote, given: reference).credentials,
            variables: variables,
            environments: environments
        )
        let (files, folders) = try await folder.list(
            isFolder: input.kind == .folder,
            descent: descent,
            leavingOut: .standard,
            report
        )
        // Servers show a file once it is whole.
        return Listed(
            files: digests.files(ofListing: files).map { ($0.file, $0.digest, false) },
            foldersPassedOver: folders.count
        )
    }
}
