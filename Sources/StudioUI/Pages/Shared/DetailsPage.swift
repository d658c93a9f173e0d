import BatchDomain
import TerminalKit

/// A page that shows one thing in full: with its versions and what uses it, where it has those.
struct DetailsPage<Subject>: Page {
    private let noun: DetailsNoun<Subject>
    /// The thing; nil until it is there.
    private var subject: Subject?
    private var pane = TextPane()
    /// Why there is nothing to show.
    private var failure: Failure?
    private var deletion = DeletionQuestion()

    init(_ noun: DetailsNoun<Subject>) {
        self.noun = noun
    }

    var route: Route { noun.route }
    var title: String { noun.title(subject) }
    var contexts: [KeyContext] { [noun.context, .text] }
    var queries: [Query] { [noun.query] }

    private var versions: [(title: String, route: Route)] { subject.map(noun.versions) ?? [] }
    private var users: [Deployment] { subject.map(noun.users) ?? [] }
    private var copies: Copies { subject.map(noun.copies) ?? Copies([]) }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .deletions(let plans) = content { return deletion.receive(plans) }
        do throws(Failure) {
            guard let found = try noun.subject(content) else { return [] }
            (subject, failure) = (found, nil)
        } catch {
            failure = error
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        guard query == noun.query else { return false }
        self.failure = failure
        return true
    }

    private func details(_ scene: Scene) -> DetailLines? { subject.map { noun.details($0, scene) } }

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
        case .versions where versions.count < 2: return "There is only this version."
        case .users where users.isEmpty: return "No deployment uses it."
        case noun.deletion?.command:
            let user = users.first.map { "Deployment \($0.name) of \($0.endpointName) uses it." }
            return user ?? subject.flatMap(noun.refusalToDelete)
        default: return nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .copy: return [.offer(id: "copy", copies.picker)]
        case .versions:
            let items = versions.map { PickerItem(id: $0.title, title: $0.title) }
            return [.offer(id: "version", Picker("Versions", items))]
        case .users:
            let items = users.map { PickerItem(id: Self.title(of: $0), title: Self.title(of: $0)) }
            return [.offer(id: "user", Picker("Where used", items))]
        case noun.deletion?.command: return noun.deletion.map { deletion.begin([$0.value]) } ?? []
        default: return noun.opens[command].map { [.open($0)] } ?? noun.fetches[command].map { [.fetch($0)] } ?? []
        }
    }

    private static func title(of user: Deployment) -> String { "\(user.endpointName) › \(user.name)" }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        switch question {
        case "copy": copies.request(choice)
        case "version": versions.first { $0.title == choice }.map { [.replace($0.route)] } ?? []
        case "user": users.first { Self.title(of: $0) == choice }.map { [.open(.endpoint($0.endpointName))] } ?? []
        default: deletion.answer(question, choice) ?? []
        }
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        DeletionQuestion.finish(useCase, outcome).map { [.say($0), .back] } ?? []
    }
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
