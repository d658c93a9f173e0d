import Synchronization

/// The texts that pages keep and that are not written yet, in order; of several for one key the newest counts.
///
/// One work at a time writes them, so that no older text is written after a newer one.
final class KeptTexts: Sendable {
    /// A text for a key; nil forgets what is kept.
    struct Entry: Equatable {
        var key: String
        var text: String?
    }

    private struct State {
        var waiting: [Entry] = []
        var isWriting = false
    }

    private let state = Mutex(State())

    /// Takes a text; returns whether the caller has to write it, and what is added meanwhile.
    func add(_ text: String?, key: String) -> Bool {
        state.withLock { state in
            state.waiting.removeAll { $0.key == key }
            state.waiting.append(Entry(key: key, text: text))
            defer { state.isWriting = true }
            return !state.isWriting
        }
    }

    /// The text to write next; nil ends the writing.
    func next() -> Entry? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.isWriting = false
            return nil
        }
    }
}
