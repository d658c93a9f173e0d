import BatchDomain
import TerminalKit

extension AppModel {
    /// Watches the jobs that a change started; one that is being canceled ends as its user wants.
    mutating func watch(_ outcome: Outcome) {
        guard case .job(let job) = outcome else { return }
        watch(job.name, !job.state.isTerminal && job.state != .cancelRequested)
    }

    /// Asks for the jobs that are watched; nothing is asked while there are none.
    mutating func followWatchedJobs() -> [Effect] {
        watchedJobs.isEmpty ? [] : fetch(.jobsNamed(watchedJobs.sorted()), screen: 0)
    }

    /// Reports the watched jobs that have ended, in the message line and to the terminal.
    mutating func reportEnded(_ jobs: [JobOverview]) -> [Effect] {
        var effects: [Effect] = []
        for job in jobs where job.state.isTerminal && watchedJobs.contains(job.name) {
            watch(job.name, false)
            let isSeen = page?.route == .job(job.name)
            let text = "\(job.title): \(job.status.words)"
            if !isSeen { show(Toast(text + ".", role: job.status.role)) }
            // Who looks at the job sees it end.
            if notifies, !(isSeen && hasFocus) { effects.append(.notify(text)) }
        }
        return effects
    }
}
