import BatchDomain
import BatchExecutor
import BatchManifest
import BatchWorkspace

extension Workspace {
    /// Reads the head of an input, for the command and for the studio.
    ///
    /// - Throws: ``ValidationError`` and ``StudioError`` when the input, the model or the readers are missing.
    func preview(
        _ request: DataPreviewRequest,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> DataPreview {
        var invocation = Invocation(endpointName: "", input: request.input, inputKind: request.inputKind)
        invocation.table = try await MLTableManifest.read(for: invocation) { try await localPath(of: $0) }
        return try await InputPreview(in: self).preview(
            request,
            table: invocation.table,
            signature: try await signature(of: request.model),
            report: report
        )
    }

    private func signature(of reference: AssetReference?) async throws -> String? {
        guard let reference else { return nil }
        let model = try await model(reference)
        guard model.kind == .mlflow else {
            throw StudioError(
                .invalidState,
                "Model \(model.name):\(model.version) is a \(model.kind.rawValue): it has no signature to compare columns with.",
                advice: "Leave --model out."
            )
        }
        return try MLmodel.signatureInputs(folder: model.path)
    }
}
