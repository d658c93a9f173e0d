import BatchDomain
import TerminalKit

/// A page that shows one thing in full, with its versions and who uses it.
protocol DetailsPage: Page {
    /// Where one has scrolled to.
    var pane: TextPane { get set }
    /// Why there is nothing to show.
    var failure: Failure? { get set }
    /// What can be copied.
    var copies: Copies { get }
    /// The versions there are, the newest first, with their routes.
    var versions: [(title: String, route: Route)] { get }
    /// The deployments that use it.
    var users: [Deployment] { get }

    /// What is shown; nil until it is there.
    func details(_ scene: Scene) -> DetailLines?
    /// Carries out what only this page knows.
    mutating func runOwn(_ command: Command) -> [Request]
    /// Takes the answer to a question that only this page asks.
    mutating func answerOwn(_ question: String, _ choice: String) -> [Request]
    /// Why it cannot be carried out.
    func ownRefusal(of command: Command) -> String?
}

extension DetailsPage {
    var versions: [(title: String, route: Route)] { [] }
    var users: [Deployment] { [] }

    mutating func runOwn(_ command: Command) -> [Request] { [] }
    func ownRefusal(of command: Command) -> String? { nil }

    /// Why it cannot be deleted: a deployment uses it.
    var refusalToDelete: String? {
        users.first.map { "Deployment \($0.name) of \($0.endpointName) uses it." }
    }

    mutating func miss(_ query: Query, _ failure: Failure) {
        self.failure = failure
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        guard let details = details(scene) else { return nil }
        return pane.handle(event, details, in: scene.withMargin) ? [] : nil
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        if let failure { return scene.drawMissing(failure, on: &canvas) }
        guard let details = details(scene) else { return scene.drawLoading(on: &canvas) }
        pane.draw(details, in: scene.withMargin, on: &canvas)
    }

    func refusal(of command: Command) -> String? {
        switch command {
        case .versions where versions.count < 2: "There is only this version."
        case .users where users.isEmpty: "No deployment uses it."
        default: ownRefusal(of: command)
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .copy: return [.offer(id: "copy", copies.picker)]
        case .versions:
            let items = versions.map { PickerItem(id: $0.title, title: $0.title) }
            return [.offer(id: "version", Picker("Versions", items))]
        case .users:
            let items = users.map { user in
                PickerItem(id: user.endpointName, title: "\(user.endpointName) › \(user.name)")
            }
            return [.offer(id: "user", Picker("Where used", items))]
        default: return runOwn(command)
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        switch question {
        case "copy": copies.request(choice)
        case "version": versions.first { $0.title == choice }.map { [.replace($0.route)] } ?? []
        case "user": [.open(.endpoint(choice))]
        default: answerOwn(question, choice)
        }
    }

    mutating func answerOwn(_ question: String, _ choice: String) -> [Request] { [] }
}

extension DetailLines {
    /// Lists the deployments that use a thing.
    mutating func users(_ users: [Deployment]) {
        heading("Where used")
        guard !users.isEmpty else { return text("No deployment uses it.", role: .muted) }
        table(["Endpoint", "Deployment"], users.map { [$0.endpointName, $0.name] })
    }

    /// Lists versions.
    mutating func versions(_ rows: [[String]]) {
        heading("Versions")
        table(["Version", "Created", "Description"], rows)
    }

    /// Describes where Python packages come from.
    mutating func source(_ source: EnvironmentSource) {
        field(source.file, source.pythonVersion.map { "Python " + $0 } ?? "Python as the machine has it")
        for requirement in source.requirements { field("", SecretMask.masked(requirement)) }
        for constraint in source.constraints { field("", "bounded by \(constraint)") }
        if let missing = source.standsInFor { field("Stands in for", missing + " (does not exist)", role: .warning) }
        let conda = source.leftOut.filter { $0.reason == .condaPackage }
        if !conda.isEmpty {
            field("Not from pip", conda.map(\.text).joined(separator: ", ") + " (left out)", role: .warning)
        }
        for line in source.leftOut where line.reason != .condaPackage {
            field("Left out", "\(SecretMask.masked(line.text)): \(line.reason.clause)", role: .warning)
        }
    }
}

extension Scene {
    /// The area with a free row above, where there is room for one.
    var withMargin: Scene {
        guard area.height > 10 else { return self }
        return at(area.splitTop(1).rest)
    }
}
