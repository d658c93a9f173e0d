package import BatchDomain

/// What the studio has done by others: it starts no executor, knows no Python and runs no model itself.
package struct StudioServices: Sendable {
    /// Scores a file with a deployment of an endpoint, the file first; tells the steps that take time.
    package typealias TryDeployment =
        @Sendable (
            _ file: String, _ deployment: String, _ endpoint: String, _ report: @escaping @Sendable (String) -> Void
        )
        async throws -> Trial
    /// Copies a model that MLflow keeps into a folder, and returns where it lies there; tells the steps that take time.
    package typealias FetchModel =
        @Sendable (_ uri: String, _ folder: String, _ report: @escaping @Sendable (String) -> Void) async throws ->
        String
    /// Reads the head of an input, local paths absolute; tells the steps that take time.
    package typealias PreviewData =
        @Sendable (_ request: DataPreviewRequest, _ report: @escaping @Sendable (String) -> Void) async throws ->
        DataPreview

    /// Starts the executor unless it runs, and has it look at the queue.
    package var ensureExecutor: @Sendable () throws -> Void
    /// The scoring script that is generated for MLflow models, to read.
    package var generatedScript = ""
    /// The variables of the studio's shell that go with each job that it starts.
    package var jobVariables: [String: String]?
    /// Scores one file without a job.
    package var tryDeployment: TryDeployment = { _, _, _, _ in Trial() }
    /// Reads the head of an input.
    package var previewData: PreviewData = { _, _ in DataPreview(format: "") }
    /// Gets a model from MLflow's tracking.
    package var fetchModel: FetchModel = { uri, _, _ in uri }

    package init(ensureExecutor: @escaping @Sendable () throws -> Void) {
        self.ensureExecutor = ensureExecutor
    }
}
