package import BatchDomain

extension ManifestValue {
    /// The keys of hooks, as a file writes them.
    static func entries(of hooks: [JobHook]?) -> [Entry] {
        JobHook.Event.allCases.compactMap { event in
            let actions = (hooks ?? []).filter { $0.event == event }.flatMap { entries(of: $0.action) }
            return actions.isEmpty ? nil : Entry(event.rawValue, .mapping(actions))
        }
    }

    private static func entries(of action: JobHook.Action) -> [Entry] {
        switch action {
        case .command(let arguments, let timeout):
            let words = Entry("command", .list(arguments.map { .string($0) }))
            return timeout == JobHook.defaultTimeout ? [words] : [words, Entry("timeout", .int(timeout))]
        case .webhook(let webhook):
            let secret: ManifestValue =
                switch webhook.secret {
                case nil: .null
                case .variable(let name): ["env": .string(name)]
                case .file(let path): ["file": .string(path)]
                }
            let value: ManifestValue = ["url": .string(webhook.url), "secret": secret]
            return [Entry("webhook", value.withoutEmpty)]
        }
    }

    /// A delivery, as `job show` prints it.
    package init(_ delivery: Delivery) {
        self = [
            "id": .string(delivery.id), "event": .string(delivery.event.rawValue),
            "action": .string(delivery.action.words), "status": .string(delivery.state.rawValue),
            "attempts": .int(delivery.attempts), "result": ManifestValue(delivery.result),
            "next_attempt": ManifestValue(delivery.dueAt), "end_time": ManifestValue(delivery.endedAt),
        ]
    }
}
