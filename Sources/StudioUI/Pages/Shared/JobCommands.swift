import BatchDomain
import BatchWorkspace
import TerminalKit

/// What can be done to a job, the same from a list and from its page.
struct JobCommands {
    let name: String
    let displayName: String
    let state: JobState
    let outputFolder: String

    init(_ job: JobOverview) {
        (name, displayName, state, outputFolder) = (job.name, job.displayName, job.state, job.outputFolder)
    }

    init(_ job: Job) {
        (name, displayName, state) = (job.name, job.displayName, job.state)
        outputFolder = job.specification.output.folder
    }

    /// Why a command cannot be carried out; nil when it can, or when it is none of these.
    func refusal(of command: Command) -> String? {
        switch command {
        case .cancelJob where state.isTerminal: "The job is \(state.rawValue) already."
        case .cancelJob where state == .cancelRequested: "The job is being canceled."
        case .resumeJob where !state.successors.contains(.queued) || !state.isTerminal:
            "Only a failed or canceled job can be resumed; this one is \(state.rawValue)."
        case .deleteJob where !state.isTerminal:
            "Only a job that has ended can be deleted; this one is \(state.rawValue)."
        default: nil
        }
    }

    /// Carries out a command; nil when it is none of these.
    func run(_ command: Command) -> [Request]? {
        switch command {
        case .cancelJob: [.ask(id: "cancel:" + name, canceling)]
        case .resumeJob: [.perform(.resumeJob(name))]
        case .cloneJob: [.open(.cloneJob(name))]
        case .deleteJob: [.ask(id: "delete-job:" + name, deleting)]
        default: nil
        }
    }

    /// What follows from the answer to the question whether to cancel or to delete.
    static func answer(_ question: String, _ choice: String) -> [Request] {
        if choice == "cancel", question.hasPrefix("cancel:") {
            return [.perform(.cancelJob(String(question.dropFirst("cancel:".count))))]
        }
        if choice == "delete", question.hasPrefix("delete-job:") {
            return [.perform(.deleteJob(String(question.dropFirst("delete-job:".count))))]
        }
        return []
    }

    /// What is said when one of these is done.
    static func finish(_ useCase: UseCase) -> [Request] {
        switch useCase {
        case .cancelJob: [.say(Toast("The job is asked to stop.", role: .success))]
        case .resumeJob: [.say(Toast("The job is queued again; it goes on where it stopped.", role: .success))]
        case .deleteJob: [.say(Toast("The job is deleted; its output stays.", role: .success))]
        default: []
        }
    }

    private var deleting: Dialog {
        let partial = state == .completed ? "" : "\n       what it has scored: it can't go on then"
        return Dialog(
            "Delete job \(displayName)?",
            """
            Goes:  the job, its logs, its list of errors\(partial)
            Stays: its input, its endpoint, its model
                   its output, in
            \(outputFolder)
            """,
            [DialogButton("keep", "Keep it"), DialogButton("delete", "Delete", isDangerous: true)]
        )
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
