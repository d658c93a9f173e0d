import BatchDomain
import BatchWorkspace
import FoundationEssentials
import Glibc
import TerminalKit

/// Does what the model asks, outside of it: everything that waits runs on other threads and reports back.
struct EffectRunner {
    let workspace: Workspace
    let settings: StudioSettings
    /// What is done by others.
    let services: StudioServices

    func perform(_ effect: Effect, _ runtime: Runtime<AppModel>) {
        let (workspace, services) = (workspace, services)
        switch effect {
        case .fetch(let query, let screen):
            runtime.start { mailbox in
                do {
                    let foreign = try await services.answer(query) { mailbox.post(.noted($0)) }
                    let content = if let foreign { foreign } else { try await workspace.answer(query) }
                    mailbox.post(.fetched(query, screen: screen, content, at: workspace.now()))
                } catch {
                    let failure = Failure(query.activity, error)
                    mailbox.post(.missed(query, screen: screen, failure, at: workspace.now()))
                }
            }
        case .perform(let useCase, let screen):
            change(useCase, screen: screen, runtime)
        case .keep(let text, let key):
            runtime.start { mailbox in
                do {
                    try await workspace.setStudioState(key, to: text)
                } catch {
                    mailbox.post(.failed(Failure("keep what was entered", error), at: workspace.now()))
                }
            }
        case .recallSession:
            runtime.start { mailbox in
                let session = try? await workspace.studioState(Session.key)
                mailbox.post(.recalled(session: session, at: workspace.now()))
            }
        case .chooseTheme(let theme):
            chooseTheme(theme, runtime)
        case .copy(let text, let what):
            let isSent = runtime.copy(text)
            let note = isSent ? "\(what) sent to the terminal's clipboard." : "\(what) is too long for a clipboard."
            runtime.mailbox.post(.noted(note))
        case .read(let file):
            read(file, runtime)
        case .suspend:
            runtime.suspend()
        case .quit:
            runtime.quit()
        }
    }

    private func change(_ useCase: UseCase, screen: Int, _ runtime: Runtime<AppModel>) {
        let (workspace, services) = (workspace, services)
        runtime.start { mailbox in
            do {
                let outcome = try await workspace.perform(useCase, with: services) { mailbox.post(.noted($0)) }
                mailbox.post(.performed(useCase, screen: screen, outcome, at: workspace.now()))
            } catch {
                let failure = Failure(useCase.activity, error)
                mailbox.post(.refused(useCase, screen: screen, failure, at: workspace.now()))
                return
            }
            guard useCase.needsExecutor else { return }
            do {
                try services.ensureExecutor()
            } catch {
                mailbox.post(.failed(Failure("start the executor", error), at: workspace.now()))
            }
        }
    }

    private func chooseTheme(_ theme: String, _ runtime: Runtime<AppModel>) {
        let (settings, now) = (settings, workspace.now)
        runtime.start { mailbox in
            do {
                try settings.choose(theme: theme)
            } catch {
                mailbox.post(.failed(Failure("remember the theme", error), at: now()))
            }
        }
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
        runtime.mailbox.post(.failed(failure, at: workspace.now()))
    }
}

extension StudioServices {
    /// Answers what no workspace knows; nil for everything else.
    fileprivate func answer(_ query: Query, report: @escaping @Sendable (String) -> Void) async throws -> Content? {
        switch query {
        case .generatedScript: .generatedScript(generatedScript)
        case .trial(let endpoint, let deployment, let file):
            .trial(
                try await tryDeployment(
                    file.absolutePath(in: FileManager.default.currentDirectoryPath),
                    deployment,
                    endpoint,
                    report
                )
            )
        case .dataPreview(let request): .dataPreview(request, try await previewData(request.located(), report))
        default: nil
        }
    }
}

extension UseCase {
    /// Whether jobs are to be run, or stopped, afterwards.
    var needsExecutor: Bool {
        switch self {
        case .invoke, .cancelJob, .resumeJob, .retryFailed: true
        default: false
        }
    }
}
