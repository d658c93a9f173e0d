import FoundationEssentials

/// The pages that are kept for the next start.
struct Session: Codable, Equatable {
    struct Stop: Codable, Equatable {
        var route: Route
        var memory: PageMemory
    }

    /// The way from the first page to the one that was shown.
    var way: [Stop]
    /// The place of previews that was chosen.
    var pane: PanePlacement?

    /// The lists that were left, with their filter, order and columns.
    var lists: [Stop]?

    /// Where it is kept.
    static let key = "studio.session"

    init(way: [Stop], pane: PanePlacement? = nil, lists: [Stop]? = nil) {
        self.way = way
        self.pane = pane
        self.lists = lists
    }

    /// Reads what was kept; nil when an older studio wrote it otherwise.
    init?(text: String) {
        guard let session = try? JSONDecoder().decode(Session.self, from: Data(text.utf8)) else { return nil }
        self = session
    }

    var text: String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }
}
