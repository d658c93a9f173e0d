import BatchDomain
import TerminalKit

/// The list of a noun, the first page of its section.
struct ListPage<Row>: Page {
    private let noun: ListNoun<Row>
    private var list: ResourceList<Row>
    private var archive: Archive?
    private var deletion = DeletionQuestion()
    private var again = RunAgain()
    /// The columns that are offered to be shown and hidden.
    private var columns: [TableColumn<Row>] = []

    init(_ noun: ListNoun<Row>) {
        self.noun = noun
        list = ResourceList(emptyText: noun.emptyText, canMark: true, id: noun.name)
        archive = noun.archived.map { Archive($0) }
    }

    private var visibility: Visibility { archive?.visibility ?? .active }
    private var query: Query { noun.query(visibility) }

    var route: Route { .section(noun.section) }
    var title: String { archive?.title(noun.section.title) ?? noun.section.title }
    var contexts: [KeyContext] { [noun.context, .list, .table] }
    var isTyping: Bool { list.isTyping }
    var queries: [Query] { [query] }
    var memory: PageMemory { list.memory }
    var hasPreview: Bool { true }
    var preview: Preview? { list.selected.map(noun.preview) }

    mutating func restore(_ memory: PageMemory) {
        list.restore(memory)
    }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .deletions(let plans) = content { return deletion.receive(plans) }
        if case .job(let job) = content { return again.receive(job) }
        if let rows = noun.rows(content) { list.receive(rows, columns: noun.columns(scene)) }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        query == self.query && list.miss(failure)
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        switch list.handle(event, in: scene.area, columns: noun.columns(scene)) {
        case .opened(let row): [.open(noun.route(row))]
        case .used: []
        case nil: nil
        }
    }

    /// Returns whether a command is about the selected row, or the rows that are shown.
    private func needsRow(_ command: Command) -> Bool {
        switch command {
        case .runAgain, .showResults, .showLog, .archive, .open, .sort, .reverseSort, .filter, noun.deletion.command:
            true
        default: noun.actions[command] != nil || noun.changes[command] != nil
        }
    }

    func refusal(of command: Command) -> String? {
        if needsRow(command), list.rows?.isEmpty != false { return archive?.refusal(noun.noRow) ?? noun.noRow }
        if command == .nextMatch || command == .previousMatch { return list.refusalToMatch }
        // Those of several that would be refused are left out, and it is said.
        if !list.marks.isEmpty, command == noun.deletion.command || command == .archive { return nil }
        return list.selected.flatMap { noun.refusal(command, $0) }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        if command == .chooseColumns {
            columns = noun.columns(scene)
            return list.offerColumns(columns)
        }
        if command == noun.creation.command { return [.open(noun.creation.route)] }
        if command == noun.deletion.command { return deletion.begin(list.targets.map(noun.deletion.row)) }
        if command == .runAgain { return again.begin(list.selected.flatMap(noun.job)) }
        if let requests = list.selected.flatMap(noun.job).flatMap({ JobCommands($0).show(command) }) { return requests }
        if let action = noun.actions[command] { return list.selected.map { [action($0)] } ?? [] }
        if let change = noun.changes[command] {
            let changes = change(list.targets)
            return changes.count == 1 ? [.perform(changes[0])] : [.perform(.each(changes))]
        }
        let requests = archive?.run(command, list.targets.map(noun.name))
        // The rows of one list must not be taken for those of the other, which are on their way.
        if command == .showArchived { list.forget() }
        return requests ?? []
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        list.answer(question, choice, columns: columns) ?? deletion.answer(question, choice)
            ?? again.answer(question, choice) ?? noun.answer(question, choice) ?? []
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        if let requests = RunAgain.finish(useCase, outcome) { return requests }
        if case .each = useCase { list.clearMarks() }
        if let requests = noun.finish(useCase, outcome) { return requests + [.fetch(query)] }
        let toast = DeletionQuestion.finish(useCase, outcome) ?? Archive.finish(useCase, outcome)
        return toast.map { [.say($0), .fetch(query)] } ?? []
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        let shown = archive?.labelled(list) ?? list
        shown.draw(in: scene, on: &canvas, columns: noun.columns(scene))
    }
}
