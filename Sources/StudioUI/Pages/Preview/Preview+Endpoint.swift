import BatchDomain
import FoundationEssentials
import TerminalKit

extension Preview {
    /// An endpoint: its deployments, what runs, and how its last jobs ended.
    static func endpoint(_ row: EndpointOverview) -> Preview {
        Preview(title: row.endpoint.name, subject: .endpoint(row.endpoint.name)) { content, scene in
            var lines = DetailLines()
            let endpoint = row.endpoint
            if !endpoint.description.isEmpty { lines.text(endpoint.description) }
            lines.field("Created", scene.time.full(endpoint.createdAt), role: .muted)
            lines.field("Default deployment", endpoint.defaultDeployment ?? "none yet", role: .accent)
            guard case .endpoint(let deployments, let jobs, let schedules)? = content else { return lines }
            lines.next(of: schedules, scene)
            lines.add(deployments, default: endpoint.defaultDeployment)
            if let job = jobs.first(where: { !$0.state.isTerminal }) {
                lines.heading(job.title)
                lines.progress(of: job, scene)
            }
            lines.runs(jobs, scene)
            lines.heading("Start a job")
            lines.text(EndpointPage.invokeCommand(endpoint.name), role: .link)
            return lines
        }
    }
}

extension DetailLines {
    /// The next job that a schedule starts; nothing where no schedule starts one.
    fileprivate mutating func next(of schedules: [Schedule], _ scene: Scene) {
        let due = schedules.filter { $0.isEnabled && $0.nextAt != nil }
        guard let next = due.min(by: { ($0.nextAt ?? .distantFuture) < ($1.nextAt ?? .distantFuture) }),
            let time = next.nextAt
        else { return }
        let others = due.count > 1 ? " · \(Figures.count(due.count - 1)) more" : ""
        field("Next schedule", "\(scene.time.full(time)) · \(next.displayName ?? next.name)\(others)")
    }

    /// The deployments of an endpoint.
    mutating func add(_ deployments: [Deployment], default name: String?) {
        heading("Deployments")
        guard !deployments.isEmpty else { return text("none yet; open the endpoint and press a", role: .muted) }
        let rows = deployments.map { deployment in
            [
                DetailPart(deployment.name == name ? "★ " + deployment.name : "  " + deployment.name),
                DetailPart("\(deployment.model.name):\(deployment.model.version)"),
                DetailPart(String(deployment.settings.workers)),
                DetailPart(String(deployment.settings.miniBatchSize)),
            ]
        }
        table(DetailTable(["  Name", "Model", "Workers", "Mini-batch"], rows, numbers: [2, 3]))
    }

    /// Shows how far a job is, in two lines.
    mutating func progress(of job: JobOverview, _ scene: Scene) {
        let took = job.duration(now: scene.now).map { "  " + Figures.duration($0) } ?? ""
        line([DetailPart(job.status.label, job.status.role, isBold: true), DetailPart(took, .muted)])
        guard let fraction = job.progress.fraction else { return }
        let role: Role = job.state.isTerminal ? job.status.role : .progress
        bar(fraction, Figures.percent(fraction), role: role)
    }

    /// Lists jobs, the newest first: their ends in one line, then each with its figures.
    mutating func runs(_ jobs: [JobOverview], _ scene: Scene) {
        heading("Last runs")
        guard !jobs.isEmpty else { return text("never run", role: .muted) }
        line(jobs.reversed().map { DetailPart("\($0.status.glyph) ", $0.status.role, isBold: true) })
        let rows = jobs.map { job in
            let failed = job.counts.failedFiles
            return [
                DetailPart("\(job.status.glyph) \(job.title)", job.status.role),
                DetailPart(job.durationText(now: scene.now)),
                DetailPart(Figures.count(job.progress.rows)),
                DetailPart(Figures.count(failed), failed == 0 ? .muted : job.status.role),
                DetailPart(Figures.ago(scene.now.timeIntervalSince(job.createdAt)), .muted),
            ]
        }
        table(DetailTable(["  Job", "Took", "Rows", "Failed", "When"], rows, numbers: [1, 2, 3, 4]))
    }
}
