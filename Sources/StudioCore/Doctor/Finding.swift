import BatchDomain

/// The result of one check of `doctor`.
package struct Finding: Equatable, Sendable {
    /// The severity of a finding.
    package enum State: String, Sendable {
        /// In order.
        case ok
        /// Worth knowing; jobs run.
        case note
        /// No job runs without it.
        case missing
    }

    /// The name of the check.
    package var name: String
    /// The severity.
    package var state: State
    /// The values that were found.
    package var found: String
    /// The action; empty where none is needed.
    package var advice = ""
}

extension Finding {
    /// The finding of a check that failed.
    init(name: String, failure: StudioError) {
        self.init(name: name, state: .missing, found: failure.message, advice: failure.advice ?? "")
    }
}
