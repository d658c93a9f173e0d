import BatchDomain
import SystemKit

/// One of the studios that are open on a workspace at the same time; each keeps its own drafts and its own session.
///
/// The first one has seat 1. A seat is free again when its process ends, however it ends; what it kept stays.
package final class StudioSeat: Sendable {
    /// Maximum studios that are open on a workspace at the same time with something of their own to keep.
    private static let maxCount = 16

    private let studio: Studio
    private let number: Int
    private let lock: FileLock?

    /// Takes the first seat that is free.
    package init(at studio: Studio) {
        self.studio = studio
        guard studio.readOnlyReason == nil else {
            (number, lock) = (1, nil)
            return
        }
        let taken = (1...Self.maxCount).lazy.compactMap { number in
            Self.lock(number, in: studio.folder).map { (number, $0) }
        }.first
        (number, lock) = taken.map { ($0, .some($1)) } ?? (Self.maxCount, nil)
    }

    /// Frees the seat for the next studio.
    package func leave() { lock?.release() }

    private static func lock(_ number: Int, in folder: WorkspaceFolder) -> FileLock? {
        try? FileLock.attempt(at: folder.studioLock(number))
    }

    private static func key(_ key: String, of number: Int) -> String { number == 1 ? key : "seat\(number).\(key)" }

    /// The text of a key that this studio kept.
    package func state(_ key: String) async throws -> String? {
        try await studio.studioState(Self.key(key, of: number))
    }

    /// Keeps a text; nil removes it.
    package func setState(_ key: String, to text: String?) async throws {
        try await studio.setStudioState(Self.key(key, of: number), to: text)
    }

    /// The draft of a key: this studio's own, otherwise one of a studio that has ended, which is moved to this one.
    package func draft(_ key: String) async throws -> String? {
        if let own = try await state(key) { return own }
        for other in 1...Self.maxCount where other != number {
            guard try await studio.studioState(Self.key(key, of: other)) != nil else { continue }
            // Held while the draft moves: two studios that open the wizard now must not both get it.
            guard let lock = Self.lock(other, in: studio.folder) else { continue }
            defer { lock.release() }
            guard let text = try await studio.studioState(Self.key(key, of: other)) else { continue }
            try await setState(key, to: text)
            try await studio.setStudioState(Self.key(key, of: other), to: nil)
            return text
        }
        return nil
    }
}
