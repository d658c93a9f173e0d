package import BatchDomain
import BatchWorkers
package import BatchWorkspace
import Foundation

/// Reads the head of an input as a job would, without a job.
package struct InputPreview: Sendable {
    private let workspace: Workspace
    private let environments: EnvironmentProvider

    /// Most files that are read.
    package static let maxFiles = 20

    /// - Parameters:
    ///   - workspace: Where assets and datastores are.
    ///   - environments: How the readers' environment is provided.
    package init(
        in workspace: Workspace,
        environments: @escaping EnvironmentProvider = EnvironmentBuilder.provide
    ) {
        self.workspace = workspace
        self.environments = environments
    }

    /// Reads it.
    ///
    /// - Parameters:
    ///   - request: What to read, and how.
    ///   - table: What the `MLTable` file of a local table says; nil for other inputs, and for assets, which have theirs.
    ///   - signature: The inputs of the model's signature, as JSON; nil to compare with none.
    ///   - report: Receives the steps that take time.
    /// - Returns: The first rows, the columns, and how they fit.
    /// - Throws: ``ValidationError`` for options, ``StudioError`` when the input is empty, remote or can't be read.
    package func preview(
        _ request: DataPreviewRequest,
        table: MLTable?,
        signature: String?,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> DataPreview {
        let (input, registered) = try await workspace.previewInput(request, table: table)
        let options = request.options(of: table ?? registered)
        try ValidationError.throwIfAny(options.problems())
        // Columns are a matter of MLflow models: scripts read their files themselves.
        let listing = try InputListing(for: input, scoring: .generated)
        let python = try await environments(DataPreviewing.environment, ProcessInfo.processInfo.environment, report)
        var preview = try await DataPreviewing.preview(
            DataPreviewing.Request(
                root: listing.root,
                files: Self.sample(listing.files).map { String(decoding: $0.path, as: UTF8.self) },
                totalFiles: listing.files.count,
                signature: signature,
                readOptions: options,
                rows: request.rows
            ),
            python: python,
            runtime: try RuntimeFiles.install(in: CacheFolder().path)
        )
        let passedOver = [input.passedOverNote(folders: listing.foldersPassedOver)].compactMap { $0 }
        preview.notes = listing.notes + passedOver + preview.notes
        return preview
    }

    /// Files from the whole input, the first among them, in its order.
    static func sample<File>(_ files: [File]) -> [File] {
        guard files.count > maxFiles else { return files }
        return (0..<maxFiles).map { files[$0 * files.count / maxFiles] }
    }
}
