import DisplayText

/// Shows a log, following its end or standing still: long lines wrapped or shifted, with times and origins, with search.
///
/// It may be a window of a longer log: then an action says what of it is wanted.
package struct LogView: Equatable, Sendable {
    /// The result of an event.
    package enum Action: Equatable, Sendable {
        case used
        /// The lines around this one are wanted, as it is near an end of the window.
        case neared(line: Int)
        /// The first lines are wanted.
        case wantsStart
        /// The last lines are wanted, as it follows.
        case wantsEnd
        /// The next line with the search text is before or after the window.
        case searched(isBackward: Bool)
    }

    /// The place of a row of the screen: a line, and the number of its row where it takes several.
    struct Place: Comparable {
        var line: Int
        var part: Int

        static func < (one: Place, other: Place) -> Bool { (one.line, one.part) < (other.line, other.part) }
    }

    /// Lines from an end of the window at which more are wanted.
    private static let margin = 100

    /// True when new lines are shown as they come.
    package private(set) var isFollowing = true
    /// True when the search is being typed, so that letters are no commands.
    package private(set) var isSearching = false
    /// True when long lines are wrapped.
    package private(set) var wraps = true
    /// True when times are shown.
    package private(set) var showsTimes = true
    /// The search text.
    package var search: String { searchInput.text }
    /// The line that was found last.
    package private(set) var match: Int?
    /// True when the search text was not found in the direction.
    package private(set) var isMissed = false
    /// True while the rest of the log is searched.
    package private(set) var isLooking = false
    private(set) var searchInput = TextInput()
    /// The first row seen while standing still.
    private var top = Place(line: 0, part: 0)
    /// Columns hidden at the left, where lines are not wrapped.
    private(set) var shift = 0

    /// Begins at the end, following.
    package init() {}

    // MARK: What is seen

    func split(_ area: Rect) -> (body: Rect, status: Rect) {
        let parts = area.splitBottom(area.height > 2 ? 1 : 0)
        return (parts.rest, parts.bottom)
    }

    /// The first row that is seen.
    func first(_ log: LogRows, in body: Rect) -> Place {
        let last = lastTop(log, body)
        return isFollowing ? last : min(max(top, Place(line: 0, part: 0)), last)
    }

    /// The index of the first line while standing still.
    package var topLine: Int { top.line }

    /// The index of the first line that is seen.
    package func firstLine(_ log: LogRows, in area: Rect) -> Int { first(log, in: split(area).body).line }

    /// The first row when the last one stands at the bottom.
    private func lastTop(_ log: LogRows, _ body: Rect) -> Place {
        place(Place(line: log.rows.count, part: 0), plus: -body.height, log, body)
    }

    /// The place some rows further down, or up.
    private func place(_ start: Place, plus rows: Int, _ log: LogRows, _ body: Rect) -> Place {
        let layout = LogLayout(log, of: self, width: body.width)
        var place = start
        var left = rows
        while left > 0, place.line < log.rows.count {
            let more = max(1, layout.height(of: place.line) - place.part)
            if left < more {
                place.part += left
                return place
            }
            left -= more
            place = Place(line: place.line + 1, part: 0)
        }
        while left < 0 {
            if -left <= place.part {
                place.part += left
                return place
            }
            guard place.line > 0 else { return Place(line: 0, part: 0) }
            left += place.part + 1
            place.line -= 1
            place.part = layout.height(of: place.line) - 1
        }
        return place
    }

    // MARK: Events

    /// Scrolls, follows, wraps and searches.
    ///
    /// Keys: arrows, `j k g G`, page up and down, shift with left and right, `f` to follow, `w` to wrap, `t` for times, `/`, `n` and
    /// `N` to search.
    ///
    /// - Returns: Nil when it has no use for the event.
    package mutating func handle(_ event: Event, _ log: LogRows, in area: Rect) -> Action? {
        let body = split(area).body
        if isSearching { return type(event, log, body) }
        if let rows = event.scroll(in: area) { return scroll(by: rows, log, body) }
        guard case .key(let key) = event else { return nil }
        return press(key, log, body)
    }

    private mutating func press(_ key: Key, _ log: LogRows, _ body: Rect) -> Action? {
        switch key {
        case .up, "k": return scroll(by: -1, log, body)
        case .down, "j": return scroll(by: 1, log, body)
        case .pageUp: return scroll(by: -max(1, body.height), log, body)
        case .pageDown: return scroll(by: max(1, body.height), log, body)
        case .home, "g":
            (isFollowing, top) = (false, Place(line: 0, part: 0))
            return log.isStart ? .used : .wantsStart
        case .end, "G": return follow(log)
        case Key(.left, .shift): shift = max(0, shift - 16)
        case Key(.right, .shift): shift += wraps ? 0 : 16
        case "w":
            top = first(log, in: body)
            (wraps, shift) = (!wraps, 0)
            top.part = 0
        case "t":
            top = first(log, in: body)
            showsTimes.toggle()
            top.part = 0
        case "f":
            guard isFollowing else { return follow(log) }
            top = first(log, in: body)
            isFollowing = false
        case "/":
            searchInput = TextInput()
            (isSearching, match, isMissed, isLooking) = (true, nil, false, false)
        // The rest of the log is searched already.
        case "n" where isLooking, "N" where isLooking: break
        case "n" where !search.isEmpty: return find(from: (match ?? first(log, in: body).line) - 1, step: -1, log, body)
        case "N" where !search.isEmpty: return find(from: (match ?? first(log, in: body).line) + 1, step: 1, log, body)
        case .escape where !search.isEmpty:
            searchInput = TextInput()
            (match, isMissed, isLooking) = (nil, false, false)
        default: return nil
        }
        return .used
    }

    private mutating func follow(_ log: LogRows) -> Action {
        (isFollowing, match, isLooking) = (true, nil, false)
        return log.isEnd ? .used : .wantsEnd
    }

    /// Scrolling away from the end stops following, scrolling back to it starts again.
    private mutating func scroll(by rows: Int, _ log: LogRows, _ body: Rect) -> Action {
        let last = lastTop(log, body)
        top = min(place(first(log, in: body), plus: rows, log, body), last)
        isFollowing = top >= last && log.isEnd
        return nearness(log, body)
    }

    private func nearness(_ log: LogRows, _ body: Rect) -> Action {
        if rowsWanted(log, body) { return .neared(line: first(log, in: body).line) }
        return .used
    }

    private func rowsWanted(_ log: LogRows, _ body: Rect) -> Bool {
        let line = first(log, in: body).line
        return !log.isStart && line < Self.margin || !log.isEnd && line + body.height > log.rows.count - Self.margin
    }

    private mutating func type(_ event: Event, _ log: LogRows, _ body: Rect) -> Action? {
        switch event {
        case .key(.enter):
            isSearching = false
            guard !search.isEmpty else { return .used }
            // Backwards at first: what went wrong is near the end.
            let last = place(first(log, in: body), plus: body.height - 1, log, body).line
            return find(from: min(last, log.rows.count - 1), step: -1, log, body)
        case .key(.escape):
            isSearching = false
            searchInput = TextInput()
        default: return searchInput.handle(event) == nil ? nil : .used
        }
        return .used
    }

    private mutating func find(from start: Int, step: Int, _ log: LogRows, _ body: Rect) -> Action {
        let needle = search.lowercased()
        var line = start
        while log.rows.indices.contains(line) {
            if log.rows[line].text.lowercased().contains(needle) {
                show(match: line, log, in: body)
                return nearness(log, body)
            }
            line += step
        }
        isMissed = step < 0 ? log.isStart : log.isEnd
        isLooking = !isMissed
        return isMissed ? .used : .searched(isBackward: step < 0)
    }

    // MARK: Windows

    /// Shows a line that was found with some lines above it, and the place in it where lines are not wrapped.
    package mutating func show(match line: Int, _ log: LogRows, in area: Rect) {
        guard log.rows.indices.contains(line) else { return miss() }
        (match, isMissed, isLooking, isFollowing) = (line, false, false, false)
        top = Place(line: max(0, line - area.height / 3), part: 0)
        guard !wraps, let found = log.rows[line].text[...].lowercasedRange(of: search) else { return }
        let start = log.rows[line].text[..<found.lowerBound].displayWidth
        let width = LogLayout(log, of: self, width: area.width).textWidth
        if start < shift || start + search.displayWidth > shift + width { shift = max(0, start - width / 2) }
    }

    /// Shows a line at the top.
    package mutating func show(line: Int) {
        (match, isFollowing, isLooking) = (nil, false, false)
        top = Place(line: line, part: 0)
    }

    /// Takes note that the rest of the log is not searched any more.
    package mutating func stopLooking() { isLooking = false }

    /// Takes note that the search text is not in the rest of the log.
    package mutating func miss() {
        (isMissed, isLooking) = (true, false)
    }

    /// Keeps its place when the window moves: what was a line is another one now; nil for one that is not there any more.
    package mutating func move(_ line: Int, to other: Int?, match found: Int?) {
        if let other { top.line += other - line }
        match = found
    }
}
