import BatchDomain
import BatchManifest
import TerminalKit

extension DetailsNoun<ModelContent> {
    /// The page of a version of a model: what its files say, and where it is used.
    static func model(_ id: AssetVersion) -> Self {
        DetailsNoun(
            route: .model(id),
            context: .model,
            query: .model(id),
            title: { _ in id.short },
            subject: { if case .model(let content) = $0 { content } else { nil } },
            versions: { $0.versions.map { ($0.id.short, .model($0.id)) } },
            users: \.users,
            copies: { content in
                Copies([
                    ("Reference", id.description), ("Path in the workspace", content.model.path),
                    ("YAML", ManifestValue(content.model).yaml),
                ])
            },
            details: details,
            opens: [.deployModel: .deployModel(id)],
            deletion: (.deleteModel, .asset(.model, id))
        )
    }

    private static func details(_ content: ModelContent, _ scene: Scene) -> DetailLines {
        let model = content.model
        var lines = DetailLines()
        lines.heading("Model")
        lines.field("Name", model.name)
        lines.field("Version", model.version)
        lines.field("Type", model.kind.rawValue)
        lines.field("Description", model.description)
        lines.field("Source", model.source)
        lines.field("Path in the workspace", model.path)
        lines.field("Size", ByteSize.text(model.bytes))
        lines.labels("Tags", model.tags)
        lines.labels("Properties", model.properties)
        lines.field("Created", scene.time.full(model.createdAt))
        if let mlflow = model.mlflow { lines.add(mlflow) }
        lines.users(content.users)
        lines.versions(content.versions.map { [$0.version, scene.date($0.createdAt), $0.description] })
        return lines
    }
}

extension DetailLines {
    /// Describes what an `MLmodel` file says.
    fileprivate mutating func add(_ mlflow: MLflowModel) {
        heading("MLflow")
        field("Written by", mlflow.mlflowVersion.map { "MLflow " + $0 } ?? "")
        field("Python", mlflow.pythonVersion ?? "")
        field("Logged", mlflow.createdAt ?? "")
        field("Run", mlflow.runID ?? "")
        for flavor in mlflow.flavors {
            heading("Flavor \(flavor.name)")
            for attribute in flavor.attributes { field(attribute.key, attribute.value) }
        }
        heading("Signature")
        if let signature = mlflow.signature {
            table(["", "Name", "Type", "Required", "Default"], Self.rows(signature))
        } else {
            text("The model has none: columns are passed on as they are, unchecked.", role: .muted)
        }
        heading("Environment files, the preferred one first")
        if mlflow.environments.isEmpty { text("The model has none.", role: .warning) }
        for source in mlflow.environments { self.source(source) }
    }

    private static func rows(_ signature: ModelSignature) -> [[String]] {
        let groups = [("input", signature.inputs), ("output", signature.outputs), ("parameter", signature.parameters)]
        return groups.flatMap { kind, fields in
            fields.enumerated().map { index, field in
                [
                    index == 0 ? kind : "", field.name ?? "–", field.type, field.isRequired ? "yes" : "no",
                    field.defaultValue ?? "–",
                ]
            }
        }
    }
}
