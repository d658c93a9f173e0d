/// The parameters of a model's registration as a form or a request gives them; the model's `MLmodel` file is read on the way.
package struct ModelDraft: Equatable, Sendable {
    /// The model's name.
    package var name: String
    /// The version; nil for one more than the highest so far.
    package var version: String?
    /// The type; nil for `mlflow_model` where there is an `MLmodel` file, and `custom_model` otherwise.
    package var kind: Model.Kind?
    /// The purpose.
    package var description: String
    /// Free labels.
    package var tags: [String: String]
    /// The folder or file, or the URI of a model that MLflow keeps, as typed.
    package var path: String

    package init(
        name: String,
        version: String? = nil,
        kind: Model.Kind? = nil,
        description: String = "",
        tags: [String: String] = [:],
        path: String
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.description = description
        self.tags = tags
        self.path = path
    }
}
