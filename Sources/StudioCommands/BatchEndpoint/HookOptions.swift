import ArgumentParser
import BatchDomain
import StudioCore

/// What happens when a job has ended, as flags.
struct HookOptions: ParsableArguments {
    @Option(help: "When the job is Completed: a command, run without a shell, or a webhook's address.")
    var onSuccess: [String] = []

    @Option(help: "When the job is Failed: a command or a webhook's address.")
    var onFailure: [String] = []

    @Option(help: "When the job is Completed and files failed: a command or a webhook's address.")
    var onFailedFiles: [String] = []

    @Option(help: "What signs the messages of these webhooks: env:VARIABLE or file:PATH.")
    var webhookSecret: String?

    /// The hooks, those of a file replaced for the events that flags name.
    ///
    /// - Throws: ``ValidationError`` with every value that is wrong.
    func hooks(in session: Session, over file: [JobHook]?) throws -> [JobHook]? {
        var problems = Problems()
        var secret: Webhook.Secret?
        problems.attempt { secret = try webhookSecret.map { try Self.secret($0, in: session) } }
        var hooks = file ?? []
        let flags: [(JobHook.Event, String, [String])] = [
            (.success, "--on-success", onSuccess), (.failure, "--on-failure", onFailure),
            (.failedFiles, "--on-failed-files", onFailedFiles),
        ]
        for (event, flag, texts) in flags where !texts.isEmpty {
            hooks.removeAll { $0.event == event }
            for text in texts {
                problems.attempt { hooks.append(JobHook(event, try Self.action(text, flag, secret, in: session))) }
            }
        }
        problems.attempt {
            let isSigned = flags.contains { $0.2.contains(where: Self.isAddress) }
            if webhookSecret != nil, !isSigned { throw Problem(field: "--webhook-secret", rule: "needs a webhook") }
        }
        try problems.throwIfAny()
        return hooks.isEmpty ? nil : hooks
    }

    private static func isAddress(_ text: String) -> Bool { text.hasPrefix("https://") || text.hasPrefix("http://") }

    private static func action(
        _ text: String,
        _ flag: String,
        _ secret: Webhook.Secret?,
        in session: Session
    ) throws(Problem) -> JobHook.Action {
        if isAddress(text) { return .webhook(Webhook(url: try Webhook.url(text, field: flag), secret: secret)) }
        if text.contains("://"), !text.contains(where: \.isWhitespace) { _ = try Webhook.url(text, field: flag) }
        var words = try ShellWords.split(text, field: flag)
        if words[0].contains("/") { words[0] = session.surroundings.caller.absolute(words[0]) }
        return .command(arguments: words, timeout: JobHook.defaultTimeout)
    }

    private static func secret(_ text: String, in session: Session) throws(Problem) -> Webhook.Secret {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("env", let name?): return .variable(name)
        case ("file", let path?): return .file(session.surroundings.caller.absolute(path))
        default:
            // Its value may be the secret itself.
            let rule = "must name the variable or the file that has the secret: env:VARIABLE or file:PATH"
            throw Problem(field: "--webhook-secret", rule: rule, example: "env:WINE_HOOK")
        }
    }
}
