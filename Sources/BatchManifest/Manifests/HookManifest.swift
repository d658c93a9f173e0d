import BatchDomain

/// The keys of hooks: `on_success`, `on_failure` and `on_failed_files`, in the YAML of a job.
///
/// ```yaml
/// on_success: {command: [./publish.sh, --to, prod], timeout: 60}
/// on_failure: {webhook: {url: "https://example.org/hooks/wine", secret: {env: WINE_HOOK}}}
/// ```
extension ManifestFields {
    /// What happens at the ends of a job; nil where nothing is given.
    mutating func hooks() -> [JobHook]? {
        let hooks = JobHook.Event.allCases.flatMap { event in
            actions(event.rawValue).map { JobHook(event, $0) }
        }
        return hooks.isEmpty ? nil : hooks
    }

    private mutating func actions(_ key: String) -> [JobHook.Action] {
        let node = node(key, as: .mapping)
        let arguments = command(key + ".command")
        let webhook = webhook(key + ".webhook")
        let timeout = timeout(key + ".timeout")
        requireOne(of: [key + ".command", key + ".webhook"])
        guard let node else { return [] }
        guard node.entries != nil else {
            report(key, rule: "must be a mapping, but it is \(node.noun)", example: "{command: [./publish.sh]}")
            return []
        }
        if value(at: key + ".command") == nil, value(at: key + ".webhook") == nil {
            report(key, rule: "must have a command or a webhook", example: "{command: [./publish.sh]}")
        }
        return [
            arguments.map { .command(arguments: $0, timeout: timeout) }, webhook.map { .webhook($0) },
        ].compactMap { $0 }
    }

    private mutating func command(_ path: String) -> [String]? {
        guard let node = node(path, as: .list) else { return nil }
        var words: [String]?
        if let text = node.text {
            words = attempt(path) { () throws(Problem) in try ShellWords.split(text, field: path) }
        } else if let elements = node.elements {
            let texts = elements.compactMap(\.text)
            if texts.count < elements.count {
                report(path, rule: "must be a list of texts", example: "[./publish.sh, --to, prod]")
            } else if texts.first?.isEmpty ?? true {
                report(path, rule: "must name a program", example: "[./publish.sh, --to, prod]")
            } else {
                words = texts
            }
        } else {
            report(path, rule: "must be a list, but it is \(node.noun)", example: "[./publish.sh, --to, prod]")
        }
        return words.map { words in
            // A program beside the file; one without a slash is looked for in PATH.
            words[0].contains("/") ? [document.absolute(words[0])] + words.dropFirst() : words
        }
    }

    private mutating func webhook(_ path: String) -> Webhook? {
        let node = node(path, as: .mapping)
        let place = path + ".url"
        let url = text(place)
        require(place)
        let secret = secret(path + ".secret")
        guard let node else { return nil }
        guard node.entries != nil else {
            report(path, rule: "must be a mapping, but it is \(node.noun)", example: "{url: https://example.org/hooks}")
            return nil
        }
        guard let url else {
            if value(at: place) == nil {
                report(place, rule: "must be given", example: "https://example.org/hooks/wine")
            }
            return nil
        }
        return attempt(place) { () throws(Problem) in
            Webhook(url: try Webhook.url(url, field: place), secret: secret)
        }
    }

    private mutating func secret(_ path: String) -> Webhook.Secret? {
        let node = node(path, as: .mapping)
        let variable = text(path + ".env")
        let file = text(path + ".file")
        guard let node else { return nil }
        switch (variable, file) {
        case (let variable?, nil): return .variable(variable)
        case (nil, let file?): return .file(document.absolute(file))
        default:
            let rule =
                node.entries == nil
                ? "must not stand here: name the variable or the file that has it" : "must be one of env and file"
            report(path, rule: rule, example: "{env: WINE_HOOK}")
            return nil
        }
    }

    private mutating func timeout(_ path: String) -> Int {
        guard let seconds = wholeNumber(path) else { return JobHook.defaultTimeout }
        if !JobHook.timeouts.contains(seconds) {
            let rule = "must be a whole number of seconds from 1 to 86,400"
            report(path, value: String(seconds), rule: rule, example: "60")
        }
        return seconds
    }
}
