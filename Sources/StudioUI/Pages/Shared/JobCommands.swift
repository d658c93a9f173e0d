import BatchDomain
import BatchWorkspace
import TerminalKit

/// What can be done to a job, the same from a list and from its page.
struct JobCommands {
    let name: String
    let displayName: String
    let state: JobState

    init(_ job: JobOverview) {
        (name, displayName, state) = (job.name, job.displayName, job.state)
    }

    init(_ job: Job) {
        (name, displayName, state) = (job.name, job.displayName, job.state)
    }

    /// Why a command cannot be carried out; nil when it can, or when it is none of these.
    func refusal(of command: Command) -> String? {
        switch command {
        case .cancelJob where state.isTerminal: "The job is \(state.rawValue) already."
        case .cancelJob where state == .cancelRequested: "The job is being canceled."
        case .resumeJob where !state.successors.contains(.queued) || !state.isTerminal:
            "Only a failed or canceled job can be resumed; this one is \(state.rawValue)."
        default: nil
        }
    }

    /// Carries out a command; nil when it is none of these.
    func run(_ command: Command) -> [Request]? {
        switch command {
        case .cancelJob: [.ask(id: "cancel:" + name, canceling)]
        case .resumeJob: [.perform(.resumeJob(name))]
        case .cloneJob: [.open(.cloneJob(name))]
        default: nil
        }
    }

    /// What follows from the answer to the question whether to cancel.
    static func answer(_ question: String, _ choice: String) -> [Request] {
        guard choice == "cancel", question.hasPrefix("cancel:") else { return [] }
        return [.perform(.cancelJob(String(question.dropFirst("cancel:".count))))]
    }

    /// What is said when one of these is done.
    static func finish(_ useCase: UseCase) -> [Request] {
        switch useCase {
        case .cancelJob: [.say(Toast("The job is asked to stop.", role: .success))]
        case .resumeJob: [.say(Toast("The job is queued again; it goes on where it stopped.", role: .success))]
        default: []
        }
    }

    private var canceling: Dialog {
        Dialog(
            "Cancel job \(displayName)?",
            """
            Stops: its workers, in the middle of their work
            Stays: its logs, and what is scored already:
                   R resumes the job from there
            No output file is written until then.
            """,
            [DialogButton("keep", "Let it run"), DialogButton("cancel", "Cancel the job", isDangerous: true)]
        )
    }
}
