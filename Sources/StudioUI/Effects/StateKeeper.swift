import StudioCore
import Synchronization

/// Writes what pages keep: of each key the latest text, one write at a time, so that no older text replaces a newer one.
final class StateKeeper: Sendable {
    private struct State {
        /// The texts that are not written; a nil in it removes what was kept.
        var texts: [String: String?] = [:]
        /// The keys that are being written.
        var writing: Set<String> = []
    }

    private let seat: StudioSeat
    private let state = Mutex(State())

    init(_ seat: StudioSeat) {
        self.seat = seat
    }

    /// Takes a text; true where its key is not being written, so that the caller has to.
    func take(_ text: String?, of key: String) -> Bool {
        state.withLock { state in
            state.texts[key] = .some(text)
            return state.writing.insert(key).inserted
        }
    }

    /// Writes the texts of a key until there is no newer one.
    func write(_ key: String) async throws {
        while let text = next(key) {
            do {
                try await seat.setState(key, to: text)
            } catch {
                state.withLock { state in
                    state.texts[key] = nil
                    state.writing.remove(key)
                }
                throw error
            }
            state.withLock { state in
                // What has come meanwhile stays for the next turn.
                if state.texts[key] == .some(text) { state.texts[key] = nil }
            }
        }
    }

    /// The text to write next; nil where all is written.
    private func next(_ key: String) -> String?? {
        state.withLock { state in
            guard let text = state.texts[key] else {
                state.writing.remove(key)
                return nil
            }
            return .some(text)
        }
    }

    /// The draft of a key, also while it is being written.
    func draft(_ key: String) async throws -> String? {
        if let text = state.withLock({ $0.texts[key] }) { return text }
        return try await seat.draft(key)
    }

    /// The state of a key as it was kept last.
    func state(_ key: String) async throws -> String? { try await seat.state(key) }
}
