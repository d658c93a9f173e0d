import BatchDomain
import GRDB

/// The database of an open workspace: read by everybody, written only where the workspace may be changed and is still in its place.
struct WorkspaceDatabase: Sendable {
    /// All of the workspace's connections.
    let connections: any DatabaseWriter
    /// The connection that inspected the database before it was opened; kept, since libdispatch puts a queue like this connection's away
    /// on its own pool of threads, which would wake an idle studio once a second ever after.
    private let inspection: DatabaseQueue
    /// Where it lies.
    let place: WorkspacePlace
    /// Why nothing may be written; nil where it may.
    let refusal: StudioError?

    init(
        _ connections: any DatabaseWriter,
        inspection: DatabaseQueue,
        place: WorkspacePlace,
        refusal: StudioError? = nil
    ) {
        self.connections = connections
        self.inspection = inspection
        self.place = place
        self.refusal = refusal
    }

    /// Reads in one transaction.
    func read<T: Sendable>(_ value: @Sendable (Database) throws -> T) async throws -> T {
        try await connections.read(value)
    }

    /// Writes in one transaction.
    ///
    /// - Throws: ``StudioError`` in a workspace that is read-only; ``WorkspaceDisplaced``.
    func write<T: Sendable>(_ updates: @Sendable (Database) throws -> T) async throws -> T {
        try checkWritable()
        return try await connections.write(updates)
    }

    /// Refuses a change before anything is made for it.
    ///
    /// - Throws: ``StudioError`` in a workspace that is read-only; ``WorkspaceDisplaced``.
    func checkWritable() throws {
        if let refusal { throw refusal }
        try place.check()
    }
}
