import BatchDomain
import TerminalKit

/// The first rows and the columns of a data asset, alone or compared with a model.
struct DataPreviewPage: Page {
    let id: AssetVersion
    private var model: AssetVersion?
    private var models: [Model] = []
    private var preview: DataPreview?
    private var failure: Failure?
    private var pane = TextPane()

    init(_ id: AssetVersion) {
        self.id = id
    }

    var route: Route { .previewData(id) }
    var title: String { "Preview of \(id.name):\(id.version)" }
    var contexts: [KeyContext] { [.dataPreview, .text] }
    var queries: [Query] { [.models(.active)] }

    private var request: DataPreviewRequest {
        DataPreviewRequest(
            input: .asset(AssetReference(id)),
            model: model.map { AssetReference($0) }
        )
    }

    /// Once, and for each model: reading is work, and data does not change when the workspace does.
    mutating func appear() -> [Request] { [.fetch(.dataPreview(request))] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .models(let models): self.models = models.filter { $0.kind == .mlflow }
        case .dataPreview(request, let preview): (self.preview, failure) = (preview, nil)
        default: break
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        guard query == .dataPreview(request) else { return false }
        self.failure = failure
        return true
    }

    func refusal(of command: Command) -> String? {
        command == .compareModel && models.isEmpty ? "There is no MLflow model yet." : nil
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        guard command == .compareModel else { return [] }
        let items = models.map { PickerItem(id: $0.id.description, title: "\($0.name):\($0.version)") }
        return [.offer(id: "model", Picker("Models", items, selected: model?.description))]
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        guard question == "model", let chosen = models.first(where: { $0.id.description == choice }) else { return [] }
        (model, preview, failure, pane) = (chosen.id, nil, nil, TextPane())
        return appear()
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        pane.handle(event, details, in: scene.withMargin) ? [] : nil
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        pane.draw(details, in: scene.withMargin, on: &canvas)
    }

    private var details: DetailLines {
        var lines = DetailLines()
        lines.heading("\(id.name):\(id.version)" + (model.map { " for model \($0.name):\($0.version)" } ?? ""))
        if let failure {
            lines.text("✗ " + failure.text, role: .error)
        } else if let preview {
            lines.add(preview, hasModel: model != nil)
        } else {
            lines.text("● Reading the first rows…")
            lines.text("The first time, the readers' Python environment is built, which takes a while.", role: .muted)
        }
        return lines
    }
}
