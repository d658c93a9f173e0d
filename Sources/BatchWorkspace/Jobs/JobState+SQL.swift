import BatchDomain

extension JobState {
    /// The condition that a job has not ended, as SQL; the index of unfinished jobs has the same words, so it is used.
    static let isUnfinishedSQL =
        "state NOT IN (" + allCases.filter(\.isTerminal).map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"
}
