package import BatchDomain
import BatchExecutor
import BatchManifest
import BatchWorkspace

extension Studio {
    /// The data asset that a reference means.
    package func dataAsset(_ reference: AssetReference) async throws -> DataAsset {
        try await workspace.dataAsset(reference)
    }

    /// All versions of all data assets, by name, the newest first.
    package func dataVersions() async throws -> [DataAsset] { try await workspace.dataVersions() }

    /// The latest version of every data asset, or all versions of one.
    package func dataAssets(
        named name: String? = nil,
        _ visibility: Visibility = .active
    ) async throws -> [DataAsset] {
        try await workspace.dataAssets(named: name, visibility)
    }

    /// Registers a data asset: a name for data, which stays where it is.
    ///
    /// - Parameters:
    ///   - registration: The asset; a local path as typed.
    ///   - isTyped: Whether the user gave the type; a folder with an `MLTable` file is a table otherwise.
    /// - Returns: The registered version.
    /// - Throws: ``ValidationError`` with everything that is wrong, in an `MLTable` file too.
    package func registerData(_ registration: DataRegistration, isTyped: Bool = true) async throws -> DataAsset {
        var registration = registration
        registration.path = caller.absolute(registration.path)
        registration.table = try await MLTableManifest.read(for: registration, isTyped: isTyped) {
            try await workspace.localPath(of: $0)
        }
        return try await workspace.register(registration)
    }

    /// Changes a data asset's description and tags.
    package func updateData(
        _ reference: AssetReference,
        _ change: (DataAsset) throws -> AssetLabels
    ) async throws -> DataAsset {
        try await update {
            let old = try await workspace.dataAsset(reference)
            return try await workspace.relabel(data: AssetReference(old.id), change(old))
        }
    }

    /// The path of a data asset on this machine; nil for what is remote, a URL or another asset.
    package func localPath(of asset: DataAsset) async throws -> String? {
        switch asset.path {
        case .datastore(let place):
            guard try await workspace.datastore(place.datastore).remote == nil else { return nil }
            return try await workspace.localPath(of: place)
        case .local(let path): return path
        case .asset, .url: return nil
        }
    }

    /// The first rows of data on this machine, read without Python.
    package static func head(at path: String) -> DataHead { DataHead(reading: path) }

    /// Reads the first rows of an input as a job would, without a job.
    ///
    /// - Throws: ``ValidationError`` and ``StudioError`` when the input, the model or the readers are missing.
    package func previewData(_ request: DataPreviewRequest, report: @escaping Report) async throws -> DataPreview {
        var request = request
        request.input = caller.absolute(request.input)
        var invocation = Invocation(endpointName: "", input: request.input, inputKind: request.inputKind)
        invocation.table = try await MLTableManifest.read(for: invocation) { try await workspace.localPath(of: $0) }
        return try await InputPreview(in: workspace).preview(
            request,
            table: invocation.table,
            signature: try await signature(of: request.model),
            report: report
        )
    }

    /// The most files that a preview reads.
    package static var maxPreviewFiles: Int { InputPreview.maxFiles }

    private func signature(of reference: AssetReference?) async throws -> String? {
        guard let reference else { return nil }
        let model = try await workspace.model(reference)
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
