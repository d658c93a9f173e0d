import BatchManifest

/// One thing that `doctor` has looked at.
struct Finding: Equatable {
    /// How it is with it.
    enum State: String {
        /// There, and good.
        case ok
        /// Worth knowing; jobs run all the same.
        case note
        /// Without it no job runs.
        case missing
    }

    var name: String
    var state: State
    /// What was found.
    var found: String
    /// What to do.
    var advice = ""

    var value: ManifestValue {
        [
            "name": .string(name), "state": .string(state.rawValue), "found": .string(found),
            "advice": .string(advice),
        ]
    }
}
