/// Shows a log, following its end or standing still, with search.
package struct LogView: Equatable, Sendable {
    /// True when new lines are shown as they come.
    package private(set) var isFollowing = true
    /// True when the search is being typed, so that letters are no commands.
    package private(set) var isSearching = false
    /// The search text.
    package var search: String { searchInput.text }
    private var searchInput = TextInput()
    /// The number of the first line seen while standing still; numbers stay when old lines fall out.
    private var top = 0
    /// Columns hidden at the left.
    private var shift = 0

    /// Begins at the end, following.
    package init() {}

    private func split(_ area: Rect) -> (body: Rect, status: Rect) {
        let parts = area.splitBottom(area.height > 2 ? 1 : 0)
        return (parts.rest, parts.bottom)
    }

    private func lastTop(_ log: LogBuffer, _ height: Int) -> Int {
        log.firstNumber + max(0, log.count - height)
    }

    private func firstSeen(_ log: LogBuffer, _ height: Int) -> Int {
        let last = lastTop(log, height)
        return isFollowing ? last : min(max(top, log.firstNumber), last)
    }

    /// Scrolls, follows and searches.
    ///
    /// Keys: arrows, `j k g G`, page up and down, `f` to follow, `/`, `n` and `N` to search.
    ///
    /// - Returns: Whether the event was used.
    package mutating func handle(_ event: Event, _ log: LogBuffer, in area: Rect) -> Bool {
        let height = split(area).body.height
        if isSearching { return type(event, log, height) }
        if let rows = event.scroll(in: area) {
            scroll(to: firstSeen(log, height) + rows, log, height)
            return true
        }
        guard case .key(let key) = event else { return false }
        return press(key, log, height)
    }

    private mutating func press(_ key: Key, _ log: LogBuffer, _ height: Int) -> Bool {
        let first = firstSeen(log, height)
        switch key {
        case .up, "k": scroll(to: first - 1, log, height)
        case .down, "j": scroll(to: first + 1, log, height)
        case .pageUp: scroll(to: first - max(1, height), log, height)
        case .pageDown: scroll(to: first + max(1, height), log, height)
        case .home, "g": scroll(to: log.firstNumber, log, height)
        case .end, "G": isFollowing = true
        case .left: shift = max(0, shift - 16)
        case .right: shift += 16
        case "f":
            top = first
            isFollowing.toggle()
        case "/":
            searchInput = TextInput()
            isSearching = true
        case "n" where !search.isEmpty: find(from: first - 1, step: -1, log, height)
        case "N" where !search.isEmpty: find(from: first + 1, step: 1, log, height)
        case .escape where !search.isEmpty: searchInput = TextInput()
        default: return false
        }
        return true
    }

    /// Scrolling away from the end stops following, scrolling back to it starts again.
    private mutating func scroll(to number: Int, _ log: LogBuffer, _ height: Int) {
        let last = lastTop(log, height)
        top = min(max(number, log.firstNumber), last)
        isFollowing = number >= last
    }

    private mutating func type(_ event: Event, _ log: LogBuffer, _ height: Int) -> Bool {
        switch event {
        case .key(.enter):
            isSearching = false
            if !search.isEmpty { find(from: log.firstNumber + log.count - 1, step: -1, log, height) }
        case .key(.escape):
            isSearching = false
            searchInput = TextInput()
        default: return searchInput.handle(event) != nil
        }
        return true
    }

    /// Backwards at first: what went wrong is near the end.
    private mutating func find(from start: Int, step: Int, _ log: LogBuffer, _ height: Int) {
        var number = start
        while number >= log.firstNumber, number < log.firstNumber + log.count {
            if Self.matches(search, log[number - log.firstNumber]) {
                isFollowing = false
                top = min(number, lastTop(log, height))
                return
            }
            number += step
        }
    }

    private static func matches(_ search: String, _ line: String) -> Bool {
        line.lowercased().contains(search.lowercased())
    }
}

// MARK: Drawing

extension LogView {
    /// Draws the lines that fit, colored by their level, and a line with the position.
    package func draw(
        _ log: LogBuffer,
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme,
        role: (String) -> Role = { _ in .logInfo }
    ) {
        let (body, status) = split(area)
        canvas.fill(area, style: theme[.text])
        let first = firstSeen(log, body.height)
        for row in 0..<body.height {
            let index = first - log.firstNumber + row
            guard index < log.count else { break }
            let line = log[index]
            let isMatch = !search.isEmpty && Self.matches(search, line)
            let style = isMatch ? theme.style(.selectionText, on: .selection) : theme[role(line)]
            canvas.write(line, x: body.x - shift, y: body.y + row, style: style, clip: body)
        }
        drawStatus(log, first, in: status, on: &canvas, theme: theme)
    }

    private func drawStatus(
        _ log: LogBuffer,
        _ first: Int,
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        canvas.fill(area, style: theme.style(.muted, on: .surface))
        guard !isSearching else {
            let after = canvas.write(" / ", x: area.x, y: area.y, style: theme.style(.key, on: .surface), clip: area)
            let input = area.splitLeft(after - area.x).rest
            searchInput.draw(in: input, on: &canvas, theme: theme, placeholder: "search", background: .surface)
            return
        }
        let place = isFollowing ? "● following" : "line \(first + 1) of \(log.firstNumber + log.count)"
        let found = search.isEmpty ? "" : " · “\(search)” n older, N newer"
        canvas.line(" " + place + found, in: area, style: theme.style(.muted, on: .surface))
    }
}
