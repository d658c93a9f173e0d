import StudioCore
import TerminalKit

extension EffectRunner {
    /// The work behind what the model listens to.
    func listen(_ subscription: Subscription) -> Runtime<AppModel>.Work {
        switch subscription {
        case .changes: followChanges()
        case .log(let job, _): followLog(of: job)
        }
    }

    /// Several changes in a short time are one: a job can commit hundreds a second, and users see five.
    private func followChanges() -> Runtime<AppModel>.Work {
        let studio = studio
        return { mailbox in
            if let reason = studio.readOnlyReason { mailbox.post(.noted("This workspace is \(reason).")) }
            var isFirst = true
            for await _ in studio.changes(everyMilliseconds: 200) {
                // The first has no news: the pages have just been loaded.
                if !isFirst { mailbox.post(.workspaceChanged(at: studio.now())) }
                isFirst = false
            }
        }
    }

    private func followLog(of job: String) -> Runtime<AppModel>.Work {
        let studio = studio
        return { mailbox in
            guard let changes = studio.logChanges(of: job) else {
                mailbox.post(.logMissing(job: job))
                return
            }
            for await _ in changes { mailbox.post(.logGrew(job: job)) }
        }
    }
}
