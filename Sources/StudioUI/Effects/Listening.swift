import StudioCore
import TerminalKit

extension EffectRunner {
    /// The work behind what the model listens to.
    func listen(_ subscription: Subscription) -> Runtime<AppModel>.Work {
        switch subscription {
        case .changes: followChanges()
        case .log(let path, _): follow(log: path)
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

    private func follow(log path: String) -> Runtime<AppModel>.Work {
        { mailbox in
            guard let pieces = Studio.follow(log: path) else {
                mailbox.post(.logMissing(path: path))
                return
            }
            var isFirst = true
            for await piece in pieces {
                mailbox.post(.logGrew(path: path, piece: piece, isFirst: isFirst))
                isFirst = false
            }
        }
    }
}
