package import FoundationEssentials

/// A part of the cache that can be removed and comes back when it is needed.
package struct CachePart: Equatable, Sendable {
    /// The kinds of parts, in the order of lists.
    package enum Kind: String, CaseIterable, Sendable {
        /// A Python environment.
        case environment
        /// The Python side of a version of batchstudio.
        case runtime
        /// The remote files that the jobs of a workspace have downloaded.
        case input
    }

    /// The state of a part.
    package enum State: String, Sendable {
        /// A process uses it, or may at any moment.
        case inUse = "in use"
        /// Nothing uses it.
        case idle
        /// Left by an interrupted build or cleaning.
        case unfinished
    }

    /// The kind.
    package var kind: Kind
    /// The name: the beginning of its digest, or the workspace.
    package var name: String
    /// The folder.
    package var path: String
    /// The size on disk; nil where it can't be measured.
    package var bytes: Int?
    /// The size of what is idle.
    package var idleBytes: Int?
    /// The time of the last use; nil where nothing tells it.
    package var lastUse: Date?
    /// The state.
    package var state: State
    /// What it was made for, in words.
    package var purpose: String

    package init(
        kind: Kind,
        name: String,
        path: String,
        bytes: Int?,
        idleBytes: Int? = nil,
        lastUse: Date?,
        state: State,
        purpose: String
    ) {
        self.kind = kind
        self.name = name
        self.path = path
        self.bytes = bytes
        self.idleBytes = idleBytes ?? (state == .inUse ? 0 : bytes)
        self.lastUse = lastUse
        self.state = state
        self.purpose = purpose
    }
}
