import BatchDomain
import TerminalKit

/// The commands of a job, the same in a list and on its page.
struct JobCommands {
    let name: String
    let displayName: String
    let state: JobState
    let outputFolder: String
    let counts: JobCounts
    /// Seconds that a mini-batch may take; nil in a list, which does not know it.
    let timeout: Int?
    /// True when its endpoint's later jobs are compared with it.
    let isBaseline: Bool

    init(_ job: JobOverview) {
        timeout = nil
        isBaseline = job.isBaseline
        (name, displayName, state, counts) = (job.name, job.displayName, job.state, job.counts)
        outputFolder = job.outputFolder
    }

    init(_ job: Job, isBaseline: Bool = false) {
        self.isBaseline = isBaseline
        timeout = job.specification.settings.timeout
        (name, displayName, state, counts) = (job.name, job.displayName, job.state, job.counts)
        outputFolder = job.specification.output.folder
    }

    /// Why a command cannot be carried out; nil when it can, or when it is none of these.
    func refusal(of command: Command) -> String? {
        switch command {
        case .cancelJob where state.isTerminal: "The job is \(state.words) already."
        case .cancelJob where state == .cancelRequested: "The job is being canceled."
        case .resumeJob where !state.successors.contains(.queued) || !state.isTerminal:
            "Only a failed or canceled job can be resumed; this one is \(state.words)."
        case .retryFailed where !state.isTerminal:
            "What failed is known when the job has ended; this one is \(state.words)."
        case .retryFailed where counts.failedFiles == 0 && counts.files == counts.succeededFiles:
            "Nothing failed: all its files were scored."
        case .setBaseline where state != .completed:
            "Only a completed job can be the baseline; this one is \(state.words)."
        case .writeReport where !state.isTerminal:
            "A report is made of a job that has ended; this one is \(state.words)."
        case .archive where !state.isTerminal:
            "Only a job that has ended can be archived; this one is \(state.words)."
        case .deleteJob where !state.isTerminal:
            "Only a job that has ended can be deleted; this one is \(state.words)."
        default: nil
        }
    }

    /// Carries out a command; nil when it is none of these.
    func run(_ command: Command) -> [Request]? {
        switch command {
        case .cancelJob: [.ask(id: "cancel:" + name, canceling)]
        case .resumeJob: [.ask(id: "resume:" + name, resuming)]
        case .retryFailed: [.ask(id: "\(retryID):" + name, retrying)]
        case .cloneJob: [.open(.cloneJob(name))]
        case .deleteJob: [.ask(id: "delete-job:" + name, deleting)]
        case .writeReport: [.fetch(.report(job: name))]
        case .copy: [.copy(name, what: "The job's name")]
        default: nil
        }
    }

    /// Opens what a command of a list shows of the job; nil for other commands.
    func show(_ command: Command) -> [Request]? {
        switch command {
        case .showLog: [.openTab(.job(name), JobPage.Tab.log.rawValue)]
        case .showResults: [.openTab(.job(name), JobPage.Tab.results.rawValue)]
        default: nil
        }
    }

    /// The requests that follow from the answer to a question of these commands.
    static func answer(_ question: String, _ choice: String) -> [Request] {
        guard let colon = question.firstIndex(of: ":") else { return [] }
        let name = String(question[question.index(after: colon)...])
        if question[..<colon].hasPrefix("retry"), let timeout = Int(choice) {
            var draft = RetryDraft(jobName: name)
            draft.overrides.timeout = timeout
            if question[..<colon] != "retry" { draft.output = retryPlace(of: name) }
            return [.perform(.retryFailed(draft))]
        }
        return switch (question[..<colon], choice) {
        case ("cancel", "cancel"): [.perform(.cancelJob(name))]
        case ("resume", "resume"): [.perform(.resumeJob(name))]
        case ("retry", "retry"): [.perform(.retryFailed(RetryDraft(jobName: name)))]
        case ("retry-other-output", "retry"):
            [.perform(.retryFailed(RetryDraft(jobName: name, output: retryPlace(of: name))))]
        case ("delete-job", "delete"): [.perform(.deleteJob(name))]
        default: []
        }
    }

    /// Opens a report that was written.
    static func show(report file: String) -> [Request] {
        [.say(Toast("The report is in \(file)", role: .success)), .browse(file: file)]
    }

    /// The message when one of these is done.
    static func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request] {
        switch useCase {
        case .retryFailed:
            if case .job(let job) = outcome {
                [.say(Toast("Job \(job.displayName) is queued.", role: .success)), .open(.job(job.name))]
            } else {
                []
            }
        case .archiveJob(_, let isArchived):
            [.say(Toast(isArchived ? "The job is archived; A shows it." : "The job is restored.", role: .success))]
        case .cancelJob: [.say(Toast("The job is being canceled.", role: .success))]
        case .resumeJob: [.say(Toast("The job is queued again; it resumes where it stopped.", role: .success))]
        case .deleteJob: [.say(Toast("The job is deleted; its output stays.", role: .success))]
        default: []
        }
    }

    private var deleting: Dialog {
        let partial = state == .completed ? "" : "\n       what it has scored: it can't be resumed"
        let baseline = isBaseline ? "\n       the baseline of its endpoint, which has none then" : ""
        return Dialog(
            "Delete job \(displayName)?",
            """
            Goes:  the job, its logs, its list of errors\(partial)\(baseline)
            Stays: its input, its endpoint, its model
                   its output, in
            \(outputFolder)
            """,
            no: DialogButton("keep", "Keep"),
            yes: DialogButton("delete", "Delete", isDangerous: true)
        )
    }

    private var resuming: Dialog {
        let planned = counts.miniBatches.map { " of \(Figures.count($0))" } ?? ""
        let failed = counts.failedFiles == 0 ? "" : "\n       \(Figures.count(counts.failedFiles, "file")) that failed"
        return Dialog(
            "Resume job \(displayName)?",
            """
            Stays: \(Figures.count(counts.doneMiniBatches))\(planned) mini-batches that are scored
            Again: what is not scored yet\(failed)
            It takes its place in the queue; the output goes to
            \(outputFolder)
            """,
            no: DialogButton("leave", "Not now"),
            yes: DialogButton("resume", "Resume")
        )
    }

    private var retrying: Dialog {
        let files = counts.failedFiles == 0 ? "files" : Figures.count(counts.failedFiles, "file")
        let folder = isPlaceTaken ? "\(name)-retried/score" : hasOwnPlace ? "a folder of its own" : outputFolder
        return Dialog(
            "Score failed files again?",
            """
            Again: mini-batches with \(files) that failed,
                   and those that were never scored
            Kept:  the rows of all other mini-batches
            Stays: \(displayName),
                   its logs and its output
            A new job writes the complete output, in
            \(folder)
            Timeout: \(timeout.map { "\($0) s for a mini-batch" } ?? "as before; F on the job's page can raise it")
            """,
            no: DialogButton("leave", "Not now"),
            yes: DialogButton("retry", "Start the job"),
            others: longerTimeout.map { [DialogButton(String($0), "Timeout \($0) s", key: "t")] } ?? []
        )
    }

    /// A timeout that what took too long may need; nil where the present one is not known.
    private var longerTimeout: Int? { timeout.map { min($0, 1 << 20) * 10 } }

    private var retryID: String { isPlaceTaken ? "retry-other-output" : "retry" }

    /// True when the output has the default place, a folder named by the job, so that the new job has one of its own.
    private var hasOwnPlace: Bool { outputFolder.hasSuffix("/\(name)/score") }

    /// True when the place that was chosen for the output has this job's file in it.
    private var isPlaceTaken: Bool { !hasOwnPlace && state == .completed }

    private static func retryPlace(of name: String) -> DatastorePath {
        DatastorePath(datastore: Datastore.defaultName, path: name + "-retried/score")
    }

    private var canceling: Dialog {
        Dialog(
            "Cancel job \(displayName)?",
            """
            Stops: its workers, if it has any yet
            Stays: its logs, and what is scored already:
                   R resumes the job from there
            No output file is written until then.
            """,
            no: DialogButton("keep", "Let it run"),
            yes: DialogButton("cancel", "Cancel the job", isDangerous: true)
        )
    }
}
