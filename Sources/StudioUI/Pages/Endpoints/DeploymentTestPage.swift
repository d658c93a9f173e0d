import BatchDomain
import DisplayText
import TerminalKit

/// A deployment tested on one file: asks for the file, then shows its rows, what was printed, and what took how long.
struct DeploymentTestPage: Page {
    let endpoint: String
    let deployment: String
    private var form = Form([
        FormField(
            "file",
            "File",
            .text(),
            help: "One file as the deployment's jobs read it; ~ is your home. No job is made and nothing is kept.",
            placeholder: "for example ./data/0001.csv",
            isRequired: true
        )
    ])
    private var pane = TextPane()
    private var stage = Stage.asking

    private enum Stage {
        case asking
        case scoring
        case done(DeploymentTest)
        case failed(Failure)
    }

    init(endpoint: String, deployment: String) {
        self.endpoint = endpoint
        self.deployment = deployment
    }

    var route: Route { .testDeployment(endpoint: endpoint, deployment: deployment) }
    var title: String { "Test \(deployment)" }
    var isTyping: Bool { if case .asking = stage { true } else { false } }
    var contexts: [KeyContext] { isTyping ? [.deploymentTest] : [.deploymentTest, .text] }
    private var file: String { form.text("file") }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .deploymentTest(let test) = content { stage = .done(test) }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        stage = .failed(failure)
        return true
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        guard isTyping else { return pane.handle(event, details, in: scene.withMargin) ? [] : nil }
        if event == .key(.escape) { return nil }
        return form.handle(event, in: scene.withMargin.area.inset(horizontal: 2)) == .submitted ? submit() : []
    }

    private mutating func submit() -> [Request] {
        form.validate([:], all: true)
        guard !form.focusFirstError() else { return [] }
        stage = .scoring
        pane = TextPane()
        return [.fetch(.deploymentTest(endpoint: endpoint, deployment: deployment, file: file))]
    }

    func refusal(of command: Command) -> String? {
        guard command == .testDeployment || command == .submit, case .scoring = stage else { return nil }
        return "The file is being scored."
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .submit: return submit()
        case .testDeployment: stage = .asking
        default: break
        }
        return []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let inside = scene.withMargin
        if isTyping { return form.draw(in: inside.area.inset(horizontal: 2), on: &canvas, theme: scene.theme) }
        pane.draw(details, in: inside, on: &canvas)
    }

    private var details: DetailLines {
        var lines = DetailLines()
        lines.heading("\(deployment) of \(endpoint), tested on")
        lines.text(file)
        switch stage {
        case .asking: break
        case .scoring:
            lines.heading("● Scoring…")
            lines.text("The first time, the Python environment is made ready, which takes a while.", role: .muted)
        case .failed(let failure):
            lines.heading("✗ The test could not begin")
            lines.text(failure.text, role: .error)
        case .done(let test): lines.add(test)
        }
        return lines
    }
}

extension DetailLines {
    /// The most rows of a test that are shown.
    private static let maxTestRows = 200

    /// Describes the result of a test.
    fileprivate mutating func add(_ test: DeploymentTest) {
        heading(test.succeeded ? "✓ Scored" : "✗ Not scored")
        for step in test.steps { field(step.name, Figures.duration(step.seconds)) }
        for failure in test.failures {
            text("\(failure.type): \(failure.message)", role: .error)
            if let traceback = failure.traceback { text(traceback.withShortLibraryPaths) }
        }
        for warning in test.warnings { text("! " + warning, role: .warning) }
        if test.succeeded {
            heading(Figures.count(test.rowCount, "row"))
            if let columns = test.columns { text(columns.joined(separator: ","), role: .muted) }
            for row in test.rows.prefix(Self.maxTestRows) { text(row) }
            let hidden = test.rowCount - min(test.rows.count, Self.maxTestRows)
            if hidden > 0 { text("… and \(Figures.count(hidden)) more", role: .muted) }
        }
        if !test.written.isEmpty { heading("Files that the script wrote") }
        for file in test.written { text(file) }
        heading("Printed and logged")
        if test.printed.isEmpty { text("nothing", role: .muted) } else { text(test.printed.withShortLibraryPaths) }
    }
}
