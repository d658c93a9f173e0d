import BatchDomain
import StudioCore
import TerminalKit

/// The first page: what runs, what failed, the endpoints used last, the disk; in a new workspace, the first steps.
struct HomePage: Page {
    private var content: HomeContent?
    private var disk: DiskUse?
    private var failure: Failure?
    /// The selected row; the first one where that is gone.
    private var selected: HomeTarget?
    /// The first line that is shown, of each column.
    private var offsets: [Int] = []
    private var again = RunAgain()

    let route = Route.section(.home)
    let title = "Home"
    let contexts: [KeyContext] = [.home]
    let queries: [Query] = [.home]

    var isMoving: Bool { content?.unfinished.contains { $0.startedAt != nil } ?? false }

    /// Once: a large folder takes a while, and changes little.
    mutating func appear() -> [Request] { [.fetch(.diskUse)] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        switch content {
        case .home(let content): (self.content, failure) = (content, nil)
        case .diskUse(let disk): self.disk = disk
        case .job(let job): return again.receive(job)
        default: break
        }
        return []
    }

    mutating func miss(_ query: Query, _ failure: Failure) -> Bool {
        guard query == .home, content == nil else { return false }
        self.failure = failure
        return true
    }

    private func lines(in scene: Scene) -> HomeLines? { content.map { HomeLines($0, disk, in: scene) } }

    // MARK: The selection

    private var target: HomeTarget? {
        guard let content else { return nil }
        if let selected, content.targets.contains(selected) { return selected }
        // Of the first steps, the one that is next.
        return content.targets.first { target in
            if case .step(let step) = target { !step.isDone(in: content) } else { true }
        }
    }

    private var endpoint: EndpointOverview? {
        guard case .endpoint(let name)? = target else { return nil }
        return content?.endpoints.first { $0.endpoint.name == name }
    }

    /// The job of the selected row, or the last one of its endpoint.
    private var job: JobOverview? {
        if case .job(let name)? = target {
            return content.flatMap { ($0.unfinished + $0.troubled).first { $0.name == name } }
        }
        return endpoint?.lastJob
    }

    /// The endpoint that a job is created on: the selected one, that of the selected job, or the one used last.
    private var endpointForJob: String? {
        let name = endpoint?.endpoint.name ?? job?.endpointName
        let ready = content?.endpoints.filter { $0.deployments > 0 } ?? []
        return (ready.first { $0.endpoint.name == name } ?? ready.first)?.endpoint.name
    }

    mutating func handle(_ event: Event, in scene: Scene) -> [Request]? {
        guard let lines = lines(in: page(scene)) else { return nil }
        let targets = content?.targets ?? []
        if case .key(let key) = event {
            if key == .enter { return open() }
            let row = targets.firstIndex { $0 == target } ?? 0
            let moved = Viewport.move(key, cursor: row, page: scene.area.height, count: targets.count)
            guard let moved, targets.indices.contains(moved) else { return nil }
            select(targets[moved], lines, in: scene)
            return []
        }
        if let rows = event.scroll(in: scene.area), !targets.isEmpty {
            let row = (targets.firstIndex { $0 == target } ?? 0) + rows
            select(targets[Viewport.clamp(row, count: targets.count)], lines, in: scene)
            return []
        }
        guard let point = event.click(in: scene.area), let hit = self.hit(point, lines, in: scene) else { return nil }
        if hit == target { return open() }
        select(hit, lines, in: scene)
        return []
    }

    private mutating func select(_ target: HomeTarget, _ lines: HomeLines, in scene: Scene) {
        selected = target
        offsets = offsets(lines, in: scene)
    }

    private mutating func open() -> [Request] {
        switch target {
        case .step(let step): perform(step.command)
        case .sample: perform(.createSample)
        case .job(let name): [.open(.job(name))]
        case .endpoint(let name): [.open(.endpoint(name))]
        case nil: []
        }
    }

    // MARK: Commands

    func refusal(of command: Command) -> String? {
        switch command {
        case .createJob where endpointForJob == nil: "There is no deployment yet: press c to create an endpoint."
        case .createSample where content?.hasModels == true: "There is a model already; press c to deploy it."
        case .open where target == nil: "There is nothing to open yet."
        case .runAgain, .showResults, .showLog, .cancelJob, .resumeJob, .retryFailed, .copy:
            job.map { JobCommands($0).refusal(of: command) } ?? "There is no job here."
        default: nil
        }
    }

    mutating func run(_ command: Command, in scene: Scene) -> [Request] {
        switch command {
        case .runAgain: again.begin(job)
        case .showResults, .showLog, .cancelJob, .resumeJob, .retryFailed, .copy:
            job.flatMap { JobCommands($0).show(command) ?? JobCommands($0).run(command) } ?? []
        default: perform(command)
        }
    }

    private func perform(_ command: Command) -> [Request] {
        switch command {
        case .registerModel: [.open(.registerModel)]
        case .createEndpoint: [.open(.createEndpoint)]
        case .createJob:
            endpointForJob.map { [.open(.createJob(endpoint: $0, deployment: nil))] }
                ?? [.say(Toast(refusal(of: .createJob) ?? "", role: .warning))]
        case .createSample:
            [
                .say(Toast("Setting up the sample: Python first, then a model, an endpoint and data.")),
                .perform(.createSample),
            ]
        default: []
        }
    }

    mutating func answer(_ question: String, _ choice: String) -> [Request] {
        again.answer(question, choice) ?? JobCommands.answer(question, choice)
    }

    mutating func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        if case .sample(let endpoint) = outcome {
            let text = "The sample is ready: press i to start a job on \(endpoint)."
            return [.say(Toast(text, role: .success)), .fetch(.home)]
        }
        if let requests = RunAgain.finish(useCase, outcome) { return requests }
        return JobCommands.finish(useCase, outcome) + [.fetch(.home)]
    }

    // MARK: Drawing

    /// The page within its margin.
    private func page(_ scene: Scene) -> Scene { scene.withMargin.at(scene.withMargin.area.inset(horizontal: 1)) }

    private func areas(_ lines: HomeLines, in scene: Scene) -> [Rect] {
        let area = page(scene).area
        guard lines.columns.count > 1 else { return [area] }
        let (left, right) = area.splitLeft(area.width / 2)
        return [left.splitRight(3).rest, right]
    }

    /// The first line of each column, so that the selected row is seen.
    private func offsets(_ lines: HomeLines, in scene: Scene) -> [Int] {
        let target = target
        return zip(lines.columns, areas(lines, in: scene)).enumerated().map { index, column in
            let (lines, height) = (column.0, column.1.height)
            let old = offsets.indices.contains(index) ? offsets[index] : 0
            guard target != nil, let row = lines.firstIndex(where: { $0.target == target }) else {
                return max(0, min(old, lines.count - height))
            }
            // Titles above the first row and text below the last one are seen with them.
            let isFirst = !lines[..<row].contains { $0.target != nil }
            let isLast = !lines[(row + 1)...].contains { $0.target != nil }
            let end = lines.count - 1
            let cursor = isFirst && row < height ? 0 : isLast && end - row < height ? end : row
            return Viewport.offset(old, cursor: cursor, height: height, count: lines.count)
        }
    }

    private func hit(_ point: Point, _ lines: HomeLines, in scene: Scene) -> HomeTarget? {
        for (index, area) in areas(lines, in: scene).enumerated() where area.contains(point) {
            let row = offsets(lines, in: scene)[index] + point.y - area.y
            return lines.columns[index].indices.contains(row) ? lines.columns[index][row].target : nil
        }
        return nil
    }

    func draw(in scene: Scene, on canvas: inout Canvas) {
        if let failure { return scene.drawMissing(failure, on: &canvas) }
        guard let lines = lines(in: page(scene)) else { return scene.drawLoading(on: &canvas) }
        let target = target
        let offsets = offsets(lines, in: scene)
        for (index, area) in areas(lines, in: scene).enumerated() {
            let seen = lines.columns[index].dropFirst(offsets[index]).prefix(area.height)
            for (row, line) in seen.enumerated() {
                let isSelected = target != nil && line.target == target
                line.draw(isSelected: isSelected, in: area.row(row), on: &canvas, theme: scene.theme)
            }
        }
    }
}
