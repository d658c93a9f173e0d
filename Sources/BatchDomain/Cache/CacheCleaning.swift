/// The parameters of `cache clean`.
package struct CacheCleaning: Equatable, Sendable {
    /// The kinds of parts that are removed.
    package var kinds: Set<CachePart.Kind>
    /// Days that a part was not used for; nil for all that are idle.
    package var unusedDays: Int?
    /// True to name what would be removed, and to remove nothing.
    package var isDryRun: Bool

    package init(kinds: Set<CachePart.Kind>, unusedDays: Int? = nil, isDryRun: Bool = false) {
        self.kinds = kinds
        self.unusedDays = unusedDays
        self.isDryRun = isDryRun
    }
}

/// A part of the cache that a cleaning has met.
package struct CleanedPart: Equatable, Sendable {
    /// What became of the part.
    package enum Outcome: String, Sendable {
        /// It was removed.
        case removed
        /// It would be removed without `--dry-run`.
        case removable
        /// It stays: a process uses it.
        case inUse = "in use"
        /// It stays: it was used not long enough ago.
        case recent
    }

    /// The part.
    package var part: CachePart
    /// The outcome.
    package var outcome: Outcome
    /// The bytes that are free by that, as far as no other file shares them.
    package var freedBytes: Int

    package init(part: CachePart, outcome: Outcome, freedBytes: Int = 0) {
        self.part = part
        self.outcome = outcome
        self.freedBytes = freedBytes
    }
}
