import BatchDomain
import TerminalKit

/// The commands of a schedule, the same in the list and on its page.
struct ScheduleCommands {
    private static let triggerID = "trigger-schedule:"

    let schedule: Schedule

    init(_ schedule: Schedule) {
        self.schedule = schedule
    }

    /// Asks before a job is started.
    var trigger: Request {
        let job = schedule.job
        let next = schedule.isEnabled ? "its next time" : "it is disabled"
        let dialog = Dialog(
            "Trigger \(schedule.name) now?",
            """
            Starts: a job of \(job.endpointName) on
                    \(job.deploymentName ?? "its default deployment")
            Input:  \(job.input)
            Stays:  \(next)
            """,
            no: DialogButton("leave", "Not now"),
            yes: DialogButton("trigger", "Start the job")
        )
        return .ask(id: Self.triggerID + schedule.name, dialog)
    }

    /// Opens the trends of the endpoint.
    var showEndpoint: Request { .openTab(.endpoint(schedule.job.endpointName), EndpointPage.Tab.trends.rawValue) }

    /// Enables those that are not; where all are enabled, disables them.
    static func switching(_ schedules: [Schedule]) -> [UseCase] {
        let disabled = schedules.filter { !$0.isEnabled }
        let enables = !disabled.isEmpty
        return (enables ? disabled : schedules).map { .setScheduleEnabled($0.name, enables) }
    }

    /// The requests that follow from the answer to a question of these commands; nil for other questions.
    static func answer(_ question: String, _ choice: String) -> [Request]? {
        guard question.hasPrefix(triggerID) else { return nil }
        let name = String(question.dropFirst(triggerID.count))
        return choice == "trigger" ? [.perform(.triggerSchedule(name))] : []
    }

    /// The message when one of these is done, and where it leads; nil for other changes.
    static func finish(_ useCase: UseCase, _ outcome: Outcome) -> [Request]? {
        switch (useCase, outcome) {
        case (.setScheduleEnabled(let name, let isEnabled), _):
            let words = isEnabled ? "is enabled." : "is disabled: it starts no jobs."
            return [.say(Toast("Schedule \(name) \(words)", role: .success))]
        case (.each(let changes), .each(let done, _)):
            guard case .setScheduleEnabled(_, let isEnabled)? = changes.first else { return nil }
            let count = "\(Figures.count(done)) of \(Figures.count(changes.count, "schedule"))"
            return [.say(Toast("\(count) \(isEnabled ? "enabled" : "disabled").", role: .success))]
        case (.triggerSchedule, .job(let job)):
            return [.say(Toast("Job \(job.displayName) is queued.", role: .success)), .open(.job(job.name))]
        default: return nil
        }
    }
}
