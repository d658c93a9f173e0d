package import FoundationEssentials

/// A registered model: one version of it, copied into the workspace and never changed afterwards.
package struct Model: Equatable, Sendable, Codable {
    /// Azure's types of models; batchstudio scores the first two.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Files that a scoring script knows how to load.
        case custom = "custom_model"
        /// A folder written by MLflow; scored without code.
        case mlflow = "mlflow_model"
        /// NVIDIA Triton's folder layout; registered, not scored.
        case triton = "triton_model"
    }

    /// The model's name, shared by its versions.
    package var name: String
    /// The version.
    package var version: String
    /// The type.
    package var kind: Kind
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Free labels that Azure does not let users change later.
    package var properties: [String: String]
    /// Where it was registered from, as the user wrote it.
    package var source: String
    /// The folder or file in the workspace, absolute.
    package var path: String
    /// The size of its files, in bytes.
    package var bytes: Int
    /// The content of its `MLmodel` file; nil for other types.
    package var mlflow: MLflowModel?
    /// When it was registered.
    package var createdAt: Date

    package init(
        name: String,
        version: String,
        kind: Kind,
        description: String = "",
        tags: [String: String] = [:],
        properties: [String: String] = [:],
        source: String,
        path: String,
        bytes: Int,
        mlflow: MLflowModel? = nil,
        createdAt: Date
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.description = description
        self.tags = tags
        self.properties = properties
        self.source = source
        self.path = path
        self.bytes = bytes
        self.mlflow = mlflow
        self.createdAt = createdAt
    }

    /// Name and version.
    package var id: AssetVersion { AssetVersion(name: name, version: version) }
}

/// The parameters to register a model.
package struct ModelRegistration: Equatable, Sendable {
    /// The model's name.
    package var name: String
    /// The version; nil counts up from the last.
    package var version: String?
    /// The type.
    package var kind: Model.Kind
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// Free labels that stay.
    package var properties: [String: String]
    /// The folder or file to copy, absolute.
    package var path: String
    /// Where it comes from, as the user wrote it.
    package var source: String
    /// The content of its `MLmodel` file.
    package var mlflow: MLflowModel?

    package init(
        name: String,
        version: String? = nil,
        kind: Model.Kind,
        description: String = "",
        tags: [String: String] = [:],
        properties: [String: String] = [:],
        path: String,
        source: String,
        mlflow: MLflowModel? = nil
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.description = description
        self.tags = tags
        self.properties = properties
        self.path = path
        self.source = source
        self.mlflow = mlflow
    }
}
