import BatchDomain
import TerminalKit

/// The question whether a job becomes the baseline of its endpoint, the same in each list and on its page.
struct BaselineQuestion {
    private static let id = "baseline"

    /// The job that waits for its endpoint.
    private var wanted: (name: String, title: String, endpoint: String)?
    private var change: (UseCase, undo: UseCase)?

    /// Begins: reads the endpoint, whose baseline another job may be.
    mutating func begin(_ job: JobOverview?) -> [Request] {
        job.map { begin($0.name, title: $0.title, endpoint: $0.endpointName) } ?? []
    }

    /// Begins with a job of its page.
    mutating func begin(_ job: Job) -> [Request] {
        begin(job.name, title: job.title, endpoint: job.specification.endpointName)
    }

    private mutating func begin(_ name: String, title: String, endpoint: String) -> [Request] {
        wanted = (name, title, endpoint)
        return [.fetch(.endpoint(endpoint))]
    }

    /// Asks when the endpoint has been read.
    mutating func receive(_ endpoint: Endpoint) -> [Request] {
        guard let wanted, wanted.endpoint == endpoint.name else { return [] }
        self.wanted = nil
        let old = endpoint.baseline
        let isBaseline = old == wanted.name
        change = (
            .setBaseline(isBaseline ? nil : wanted.name, endpoint: endpoint.name),
            undo: .setBaseline(old, endpoint: endpoint.name)
        )
        return [.ask(id: Self.id, isBaseline ? Self.removing(wanted) : Self.making(wanted, old: old))]
    }

    /// The change that follows from the answer; nil for another question.
    mutating func answer(_ question: String, _ choice: String) -> [Request]? {
        guard question == Self.id else { return nil }
        defer { change = nil }
        guard choice == "do", let change else { return [] }
        return [.performUndoable(change.0, undo: change.undo)]
    }

    /// The message when the baseline was changed; nil for other changes.
    static func finish(_ useCase: UseCase) -> Toast? {
        guard case .setBaseline(let job, let endpoint) = useCase else { return nil }
        let text =
            job == nil ? "\(endpoint) has no baseline now." : "Later jobs of \(endpoint) are compared with this one."
        return Toast(text, role: .success)
    }

    private static func making(_ job: (name: String, title: String, endpoint: String), old: String?) -> Dialog {
        Dialog(
            "Make \(job.title) the baseline?",
            """
            Endpoint: \(job.endpoint)
            Now:      \(old ?? "no baseline")
            Later:    jobs that complete are compared
                      with it; ~ marks those that differ
            """,
            no: DialogButton("leave", "Not now"),
            yes: DialogButton("do", "Make it the baseline")
        )
    }

    private static func removing(_ job: (name: String, title: String, endpoint: String)) -> Dialog {
        Dialog(
            "Take the baseline away?",
            """
            Endpoint: \(job.endpoint)
            Now:      \(job.title), this job
            Later:    jobs are not compared; what was found stays
            """,
            no: DialogButton("leave", "Not now"),
            yes: DialogButton("do", "Take it away")
        )
    }
}
