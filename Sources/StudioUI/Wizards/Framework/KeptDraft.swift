import FoundationEssentials

/// A draft with the user's place in it, as it is kept in the workspace.
struct KeptDraft<Draft: Codable>: Codable {
    var draft: Draft
    var step: Int
    var visited: Set<Int>
    var validated: Set<Int>
    var date: Date

    private enum CodingKeys: String, CodingKey {
        // The name in drafts that were kept before the property was renamed.
        case validated = "judged"
        case draft, step, visited, date
    }

    init(draft: Draft, step: Int, visited: Set<Int>, validated: Set<Int>, date: Date) {
        self.draft = draft
        self.step = step
        self.visited = visited
        self.validated = validated
        self.date = date
    }

    /// Reads what was kept; nil when an older studio wrote it otherwise.
    init?(text: String) {
        guard let kept = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = kept
    }

    var text: String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }
}
