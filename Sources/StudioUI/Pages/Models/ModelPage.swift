import BatchDomain
import BatchManifest
import FoundationEssentials
import TerminalKit

/// A version of a model: what its files say, and where it is used.
struct ModelPage: DetailsPage {
    let id: AssetVersion
    var pane = TextPane()
    var failure: Failure?
    private var content: ModelContent?

    init(_ id: AssetVersion) {
        self.id = id
    }

    var route: Route { .model(id) }
    var title: String { "\(id.name):\(id.version)" }
    var contexts: [KeyContext] { [.model, .text] }
    var queries: [Query] { [.model(id)] }
    var users: [Deployment] { content?.users ?? [] }

    var versions: [(title: String, route: Route)] {
        (content?.versions ?? []).map { ("\($0.name):\($0.version)", .model($0.id)) }
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .model(let content) = content { (self.content, failure) = (content, nil) }
        return []
    }

    mutating func runOwn(_ command: Command) -> [Request] {
        switch command {
        case .deployModel: [.open(.deployModel(id))]
        case .deleteModel: [AssetDeletion(kind: .model, id: id).request]
        default: []
        }
    }

    func ownRefusal(of command: Command) -> String? {
        command == .deleteModel ? refusalToDelete : nil
    }

    mutating func answerOwn(_ question: String, _ choice: String) -> [Request] {
        AssetDeletion.answer(.model, question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        AssetDeletion.finish(useCase).map { [.say($0), .back] } ?? []
    }

    var copies: Copies {
        guard let model = content?.model else { return Copies([]) }
        return Copies([
            ("Reference", id.description), ("Path in the workspace", model.path), ("YAML", ManifestValue(model).yaml),
        ])
    }

    func details(_ scene: Scene) -> DetailLines? {
        guard let content else { return nil }
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
        heading("Environment files, the one to try first first")
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
