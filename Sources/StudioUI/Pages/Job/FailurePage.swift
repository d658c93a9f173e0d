import BatchDomain
import TerminalKit

/// Why a file failed, with the traceback.
struct FailurePage: DetailsPage {
    let job: String
    let index: Int
    var pane = TextPane()
    var failure: Failure?
    private var found: FileFailure?

    init(job: String, index: Int) {
        self.job = job
        self.index = index
    }

    var route: Route { .failure(job: job, index: index) }
    var title: String { found?.file ?? "Error \(index + 1)" }
    var contexts: [KeyContext] { [.failure, .text] }
    var queries: [Query] { [.failures(job: job, offset: index, limit: 1)] }

    mutating func receive(_ content: Content, in scene: Scene) -> [Request] {
        if case .failures(_, let failures) = content {
            found = failures.first
            if found == nil { failure = Failure("open the error", text: "The job has no such error any more.") }
        }
        return []
    }

    var copies: Copies {
        guard let found else { return Copies([]) }
        let traceback = found.traceback.map { [("Traceback", $0)] } ?? []
        return Copies([("File", found.file), ("Reason", "\(found.type): \(found.message)")] + traceback)
    }

    func details(_ scene: Scene) -> DetailLines? {
        guard let found else { return nil }
        var lines = DetailLines()
        lines.heading("File that failed")
        lines.field("File", found.file)
        lines.field("Mini-batch", Figures.count(found.miniBatch))
        lines.field("Failed at try", String(found.attempt))
        lines.field("Reason", "\(found.type): \(found.message)", role: .error)
        lines.heading("Traceback")
        lines.text(found.traceback ?? "There is none: the worker did not get to tell one.")
        return lines
    }
}
