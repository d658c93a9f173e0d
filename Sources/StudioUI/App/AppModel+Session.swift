import FoundationEssentials

/// What is kept of the pages for the next start.
struct Session: Codable, Equatable {
    struct Stop: Codable, Equatable {
        var route: Route
        var memory: PageMemory
    }

    /// The way from the first page to the one that was shown.
    var way: [Stop]

    /// Where it is kept.
    static let key = "studio.session"

    init(way: [Stop]) {
        self.way = way
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

extension AppModel {
    /// Keeps the way for the next start.
    var keepSession: Effect {
        let way = screens.map { Session.Stop(route: $0.page.route, memory: $0.page.memory) }
        return .keep(Session(way: way).text, key: Session.key)
    }

    /// Opens what was open at the end of the last session, the endpoints otherwise.
    mutating func resume(_ text: String?) -> [Effect] {
        let way = text.flatMap { Session(text: $0) }?.way ?? []
        guard case .section? = way.first?.route else { return push(.section(.endpoints)) }
        return way.flatMap { push($0.route, memory: $0.memory) }.filter { $0 != keepSession }
    }
}
