import BatchDomain
import FoundationEssentials
import Glibc
import StudioCore
import TerminalKit

/// Does what the model asks, outside of it: everything that waits runs on other threads and reports back.
struct EffectRunner {
    let studio: Studio
    let settings: StudioSettings
    let keeper: StateKeeper

    func perform(_ effect: Effect, _ runtime: Runtime<AppModel>) {
        let studio = studio
        switch effect {
        case .fetch(.kept(let key), let screen):
            recall(key, screen: screen, runtime)
        case .fetch(let query, let screen):
            runtime.start { mailbox in
                do {
                    let content = try await studio.answer(query) { mailbox.post(.noted($0)) }
                    mailbox.post(.fetched(query, screen: screen, content, at: studio.now()))
                } catch {
                    let failure = Failure(query.activity, error)
                    mailbox.post(.missed(query, screen: screen, failure, at: studio.now()))
                }
            }
        case .perform(let useCase, let screen):
            change(useCase, screen: screen, runtime)
        case .keep(let text, let key):
            keep(text, key, runtime)
        case .warmUp(let endpoint, let deployment):
            runtime.start { _ in studio.warmUp(deployment, of: endpoint) }
        case .recallSession:
            runtime.start { [keeper] mailbox in
                let session = try? await keeper.state(Session.key)
                mailbox.post(.recalled(session: session, at: studio.now()))
            }
        case .chooseTheme(let theme):
            keep("remember the theme", runtime) { try $0.choose(theme: theme) }
        case .notify(let text):
            runtime.notify(text, terminal: studio.caller.environment["TERM"])
        case .chooseNotifications(let isOn):
            keep("remember the choice", runtime) { try $0.choose(notifies: isOn) }
        case .copy(let text, let what):
            let isSent = runtime.copy(text)
            let note = isSent ? "\(what) sent to the terminal's clipboard." : "\(what) is too long for a clipboard."
            runtime.mailbox.post(.noted(note))
        case .read(let file):
            read(file, runtime)
        case .browse(let file):
            browse(file)
        case .suspend:
            runtime.suspend()
        case .quit:
            runtime.quit()
        }
    }

    private func recall(_ key: String, screen: Int, _ runtime: Runtime<AppModel>) {
        runtime.start { [keeper, studio] mailbox in
            let query = Query.kept(key: key)
            do {
                let content = Content.kept(key: key, try await keeper.draft(key))
                mailbox.post(.fetched(query, screen: screen, content, at: studio.now()))
            } catch {
                let failure = Failure(query.activity, error)
                mailbox.post(.missed(query, screen: screen, failure, at: studio.now()))
            }
        }
    }

    private func keep(_ text: String?, _ key: String, _ runtime: Runtime<AppModel>) {
        guard keeper.take(text, of: key) else { return }
        runtime.start { [keeper, studio] mailbox in
            do {
                try await keeper.write(key)
            } catch {
                mailbox.post(.failed(Failure("keep what was entered", error), at: studio.now()))
            }
        }
    }

    private func change(_ useCase: UseCase, screen: Int, _ runtime: Runtime<AppModel>) {
        let studio = studio
        runtime.start { mailbox in
            do {
                let performed = try await studio.perform(useCase) { mailbox.post(.noted($0)) }
                mailbox.post(.performed(useCase, screen: screen, performed.outcome, at: studio.now()))
                guard let failure = performed.executorFailure else { return }
                mailbox.post(.failed(Failure("start the executor", failure), at: studio.now()))
            } catch {
                let failure = Failure(useCase.activity, error)
                mailbox.post(.refused(useCase, screen: screen, failure, at: studio.now()))
            }
        }
    }

    private func keep(
        _ activity: String,
        _ runtime: Runtime<AppModel>,
        _ choose: @escaping @Sendable (StudioSettings) throws -> Void
    ) {
        let (settings, now) = (settings, studio.now)
        runtime.start { mailbox in
            do {
                try choose(settings)
            } catch {
                mailbox.post(.failed(Failure(activity, error), at: now()))
            }
        }
    }

    /// Without a desktop nothing is opened: the message names the file.
    private func browse(_ file: String) {
        let variables = studio.caller.environment
        guard ["DISPLAY", "WAYLAND_DISPLAY"].contains(where: { variables[$0]?.isEmpty == false }) else { return }
        // The browser outlives the command, and writes nothing on the terminal.
        _ = ForegroundCommand("/bin/sh", ["-c", #"xdg-open "$1" </dev/null >/dev/null 2>&1 &"#, "sh", file]).run()
    }

    private func read(_ file: String, _ runtime: Runtime<AppModel>) {
        // -S: tables are wider than the screen, and lines must not be torn.
        let pager = getenv("PAGER").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "less -S"
        var code: Int32?
        runtime.release { code = ForegroundCommand(shell: pager, [file]).run() }
        guard code != 0 else { return }
        let failure = Failure(
            "open the pager",
            text: "“\(pager)” could not show \(file). Set $PAGER to a pager you have."
        )
        runtime.mailbox.post(.failed(failure, at: studio.now()))
    }
}
