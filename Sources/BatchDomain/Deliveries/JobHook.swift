/// Something that happens when a job has ended: a command that is run, or a webhook that is sent.
///
/// ```yaml
/// on_success: {command: [./publish.sh, --to, prod]}
/// on_failure: {webhook: {url: "https://example.org/hooks/wine", secret: {env: WINE_HOOK}}}
/// ```
package struct JobHook: Equatable, Sendable, Codable {
    /// The ends of jobs, by the keys that name them.
    package enum Event: String, CaseIterable, Sendable, Codable {
        /// The job is Completed.
        case success = "on_success"
        /// The job is Failed; one that a user has canceled is not.
        case failure = "on_failure"
        /// The job is Completed, and files of it failed.
        case failedFiles = "on_failed_files"

        /// Returns whether a job ends so.
        package func isEnd(_ state: JobState, failedFiles: Int) -> Bool {
            switch self {
            case .success: state == .completed
            case .failure: state == .failed
            case .failedFiles: state == .completed && failedFiles > 0
            }
        }
    }

    /// What is done.
    package enum Action: Equatable, Sendable, Codable {
        /// A program is run with these arguments, without a shell, for so many seconds at most.
        case command(arguments: [String], timeout: Int)
        /// A message is sent to a web server.
        case webhook(Webhook)
    }

    /// The end at which it happens.
    package var event: Event
    /// What is done.
    package var action: Action

    package init(_ event: Event, _ action: Action) {
        self.event = event
        self.action = action
    }

    /// The seconds that a command has where nothing else is said.
    package static let defaultTimeout = 600
    /// The seconds that a command may have.
    package static let timeouts = 1...86_400

    /// The variables whose values sign messages of these hooks.
    package static func variables(of hooks: [JobHook]?) -> Set<String> {
        Set(
            (hooks ?? []).compactMap { hook in
                if case .webhook(let webhook) = hook.action, case .variable(let name) = webhook.secret {
                    name
                } else {
                    nil
                }
            }
        )
    }

    /// The problems of variables that sign messages and are not set.
    package static func missingSecrets(_ values: [String: String]?, of hooks: [JobHook]?) -> [Problem] {
        variables(of: hooks).subtracting((values ?? [:]).keys).sorted().map { name in
            Problem(
                field: "webhook.secret",
                value: "env:\(name)",
                rule: "must name a variable that is set where the job or schedule is made"
            )
        }
    }
}

extension JobHook.Action {
    /// The action as logs and lists show it: no password, and no signature of an address.
    package var words: String {
        switch self {
        case .command(let arguments, _): "command \(SecretMask.masked(ShellWords.joined(arguments)))"
        case .webhook(let webhook): "webhook \(SecretMask.masked(webhook.url))"
        }
    }
}
