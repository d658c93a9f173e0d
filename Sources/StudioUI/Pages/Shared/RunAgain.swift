import BatchDomain
import TerminalKit

/// A job that is started again with the input and the settings of another one, the same from each list.
struct RunAgain {
    private static let id = "run-again"
    private var wanted: String?
    private var invocation: Invocation?

    /// Begins: reads the job.
    mutating func begin(_ job: JobOverview?) -> [Request] {
        wanted = job?.name
        return job.map { [.fetch(.job($0.name))] } ?? []
    }

    /// Asks when the job has been read.
    mutating func receive(_ content: JobContent) -> [Request] {
        guard content.job.name == wanted else { return [] }
        wanted = nil
        let invocation = Invocation(again: content.job)
        self.invocation = invocation
        let settings = content.job.specification.overrides == SettingsOverrides() ? "of the deployment" : "as then"
        let dialog = Dialog(
            "Run \(content.job.title) again?",
            """
            Deployment: \(invocation.endpointName) › \(content.job.specification.deploymentName)
            Input:      \(invocation.input)
            Settings:   \(settings)
            Output:     a folder of its own
            """,
            no: DialogButton("leave", "Not now"),
            yes: DialogButton("run", "Run")
        )
        return [.ask(id: Self.id, dialog)]
    }

    /// The change that follows from the answer; nil for another question.
    mutating func answer(_ question: String, _ choice: String) -> [Request]? {
        guard question == Self.id else { return nil }
        defer { self.invocation = nil }
        guard choice == "run", let invocation else { return [] }
        return [.perform(.invoke(invocation))]
    }

    /// The page of the new job; nil for other changes.
    static func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request]? {
        guard case .invoke = useCase, case .job(let job) = outcome else { return nil }
        return [.say(Toast("Job \(job.title) is queued.", role: .success)), .open(.job(job.name))]
    }
}

extension Invocation {
    /// The parameters of a job like another one; its output place is taken, so the new one has a place of its own.
    init(again job: Job) {
        let specification = job.specification
        self.init(
            endpointName: specification.endpointName,
            deploymentName: specification.deploymentName,
            input: specification.input.reference,
            inputKind: specification.input.kind,
            displayName: DisplayName.isGenerated(job.displayName) ? nil : job.displayName,
            experimentName: job.experimentName,
            description: job.description,
            tags: job.tags,
            overrides: specification.overrides
        )
        isRecursive = specification.input.isRecursive
        isNewOnly = specification.input.isNewOnly
    }
}
