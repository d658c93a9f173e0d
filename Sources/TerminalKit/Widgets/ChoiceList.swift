/// The inside of `Picker` and `CommandPalette`: a line to type in and the items that match it.
struct ChoiceList: Equatable, Sendable {
    enum Action: Equatable {
        case highlighted(Int)
        case chosen(Int)
        case cancelled
    }

    private(set) var query = TextInput()
    private(set) var matches: [Int]
    private(set) var cursor = 0
    private var offset = 0
    private var texts: [String]

    init(_ texts: [String], selected: Int = 0) {
        self.texts = texts
        matches = Array(texts.indices)
        cursor = Viewport.clamp(selected, count: texts.count)
    }

    /// The chosen item; nil when nothing matches.
    var current: Int? { matches.indices.contains(cursor) ? matches[cursor] : nil }

    /// Offers other items; what is typed stays, and so does the chosen item at its new place, nil where it is gone.
    mutating func replace(_ texts: [String], place: (Int) -> Int?) {
        let chosen = cursor == 0 ? nil : current.flatMap(place)
        self.texts = texts
        matches = TextMatch.arrange(texts, by: query.text)
        cursor = chosen.flatMap { matches.firstIndex(of: $0) } ?? Viewport.clamp(cursor, count: matches.count)
    }

    func firstSeen(height: Int) -> Int {
        Viewport.offset(offset, cursor: cursor, height: height, count: matches.count)
    }

    mutating func handle(_ event: Event, list: Rect) -> Action? {
        offset = firstSeen(height: list.height)
        switch event {
        case .key(.escape): return .cancelled
        case .key(.enter): return current.map(Action.chosen)
        case .mouse: return point(event, list)
        case .key(let key):
            // Home and End belong to the text.
            let isOfText = key == .home || key == .end
            if !isOfText,
                let moved = Viewport.move(key, cursor: cursor, page: list.height, count: matches.count)
            {
                return move(to: moved)
            }
            return type(event)
        default: return type(event)
        }
    }

    private mutating func type(_ event: Event) -> Action? {
        let before = current
        guard query.handle(event) == .changed else { return nil }
        matches = TextMatch.arrange(texts, by: query.text)
        cursor = 0
        offset = 0
        return current == before ? nil : current.map(Action.highlighted)
    }

    private mutating func move(to row: Int) -> Action? {
        cursor = row
        return current.map(Action.highlighted)
    }

    private mutating func point(_ event: Event, _ list: Rect) -> Action? {
        if let rows = event.scroll(in: list) {
            return move(to: Viewport.clamp(cursor + rows, count: matches.count))
        }
        guard let point = event.click(in: list) else { return nil }
        let row = offset + point.y - list.y
        guard matches.indices.contains(row) else { return nil }
        cursor = row
        return .chosen(matches[row])
    }
}

/// Where the parts of a list on top of the page stand.
struct ChoiceLayout {
    let frame: Rect
    let query: Rect
    let list: Rect
    let footer: Rect

    init(in area: Rect, items: Int, width: Int = 72) {
        frame = area.centered(width: min(width, area.width - 2), height: min(max(items, 8) + 4, area.height, 22))
        let inside = frame.inset(horizontal: 2, vertical: 1)
        let (query, rest) = inside.splitTop(1)
        let (list, footer) = rest.splitBottom(rest.height > 2 ? 1 : 0)
        self.query = query
        self.list = list
        self.footer = footer
    }

    /// Returns whether an event is a click beside it, which sends it away.
    func isLeft(by event: Event, in area: Rect) -> Bool {
        event.click(in: area).map { !frame.contains($0) } ?? false
    }
}
