import BatchDomain
import TerminalKit

/// A command for several jobs at once: asks once, and leaves alone those that would refuse it.
struct JobBatch {
    private static let id = "job-batch"

    /// The command that waits for its jobs.
    private var wanted: (command: Command, names: [String])?
    private var changes: [UseCase] = []

    /// True for commands that several jobs can be given at once.
    static func takes(_ command: Command) -> Bool { Self.words(of: command) != nil }

    /// Begins: the jobs may have changed, or be far from the part of the list that is in memory.
    mutating func begin(_ command: Command, _ names: [String]) -> [Request] {
        wanted = (command, names)
        return [.fetch(.jobsNamed(names))]
    }

    /// Asks, or says why not.
    mutating func receive(_ jobs: [JobOverview]) -> [Request] {
        guard let (command, _) = wanted, let words = Self.words(of: command) else { return [] }
        wanted = nil
        let refused = jobs.compactMap { job in JobCommands(job).refusal(of: command).map { (job.title, $0) } }
        let allowed = jobs.filter { JobCommands($0).refusal(of: command) == nil }
        changes = allowed.compactMap { Self.change(command, $0) }
        guard !changes.isEmpty else {
            return [.say(Toast(refused.first.map { "\($0.0): \($0.1)" } ?? "There is no job here.", role: .warning))]
        }
        let baselines = command == .deleteJob ? allowed.filter(\.isBaseline).map(\.endpointName) : []
        let gone = baselines.isEmpty ? "" : "\nGoes:  the baseline of \(baselines.joined(separator: ", "))"
        let output = command == .deleteJob ? gone + "\nStays: their output" : ""
        let stays = refused.isEmpty ? "" : "\nStays: \(Figures.count(refused.count, "job")) that can't be \(words.done)"
        let title = "\(words.verb) \(Figures.count(allowed.count, "job"))?"
        let text = "Jobs:  " + DeletionQuestion.list(allowed.map(\.title), indent: 7) + output + stays
        let yes = DialogButton("do", words.verb, isDangerous: words.isDangerous)
        return [.ask(id: Self.id, Dialog(title, text, no: DialogButton("leave", "Not now"), yes: yes))]
    }

    /// The change that follows from the answer; nil for another question.
    mutating func answer(_ question: String, _ choice: String) -> [Request]? {
        guard question == Self.id else { return nil }
        defer { changes = [] }
        return choice == "do" && !changes.isEmpty ? [.perform(.each(changes))] : []
    }

    /// The message when several jobs were changed; nil for other changes.
    static func finish(_ useCase: UseCase, _ outcome: Outcome) -> Toast? {
        guard case .each(let done, _) = outcome, case .each(let changes) = useCase, let first = changes.first,
            let words = words(of: first)
        else { return nil }
        return Toast("\(Figures.count(done)) of \(Figures.count(changes.count, "job")) \(words).", role: .success)
    }

    private static func change(_ command: Command, _ job: JobOverview) -> UseCase? {
        switch command {
        case .cancelJob: .cancelJob(job.name)
        case .resumeJob: .resumeJob(job.name)
        case .retryFailed: .retryFailed(RetryDraft(jobName: job.name))
        case .deleteJob: .deleteJob(job.name)
        default: nil
        }
    }

    private static func words(of command: Command) -> (verb: String, done: String, isDangerous: Bool)? {
        switch command {
        case .cancelJob: ("Cancel", "canceled", true)
        case .resumeJob: ("Resume", "resumed", false)
        case .retryFailed: ("Retry failed files of", "retried", false)
        case .deleteJob: ("Delete", "deleted", true)
        default: nil
        }
    }

    private static func words(of change: UseCase) -> String? {
        switch change {
        case .cancelJob: "being canceled"
        case .resumeJob: "queued again"
        case .retryFailed: "retried by a new job each"
        case .deleteJob: "deleted; their output stays"
        case .archiveJob(_, true): "archived; A shows them"
        case .archiveJob(_, false): "restored"
        default: nil
        }
    }
}
