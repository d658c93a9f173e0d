import DisplayText

extension LogView {
    /// Draws the lines that fit, and a line with the state of the view, to which `notes` belong.
    package func draw(_ log: LogRows, in area: Rect, on canvas: inout Canvas, theme: Theme, notes: [String] = []) {
        let (body, status) = split(area)
        canvas.fill(area, style: theme[.text])
        let layout = LogLayout(log, of: self, width: body.width)
        var place = first(log, in: body)
        var row = 0
        while row < body.height, place.line < log.rows.count {
            let parts = layout.parts(of: place.line)
            let line = log.rows[place.line]
            if place.part == 0 { drawHead(line, layout, in: body.row(row), on: &canvas, theme: theme) }
            let text = body.splitLeft(layout.timeWidth + layout.sourceWidth).rest
            for part in parts.dropFirst(place.part).prefix(body.height - row) {
                drawText(part, of: line, isMatch: place.line == match, in: text.row(row), &canvas, theme)
                row += 1
            }
            place = Place(line: place.line + 1, part: 0)
        }
        let first = first(log, in: body).line
        let time = log.rows.indices.contains(first) ? log.rows[first].time : ""
        drawStatus(notes, time: time, status, &canvas, theme)
    }

    private func drawHead(
        _ row: LogRow,
        _ layout: LogLayout,
        in area: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        let (time, rest) = area.splitLeft(layout.timeWidth)
        if showsTimes { canvas.write(row.time, x: time.x, y: time.y, style: theme[.muted], clip: time) }
        let source = rest.splitLeft(layout.sourceWidth).left
        let name = row.source.fitted(to: max(0, layout.sourceWidth - 1))
        canvas.write(name, x: source.x, y: source.y, style: theme[row.sourceRole], clip: source)
    }

    private func drawText(
        _ text: Substring,
        of row: LogRow,
        isMatch: Bool,
        in area: Rect,
        _ canvas: inout Canvas,
        _ theme: Theme
    ) {
        let style = theme[row.role]
        var x = area.x - shift
        var rest = text
        // What is to the right of the area is not seen.
        while !search.isEmpty, x < area.x + area.width, let found = rest.lowercasedRange(of: search) {
            x = canvas.write(rest[..<found.lowerBound], x: x, y: area.y, style: style, clip: area)
            let mark = isMatch ? theme.style(.badgeText, on: .badge) : theme.style(.selectionText, on: .selection)
            x = canvas.write(rest[found], x: x, y: area.y, style: mark, clip: area)
            rest = rest[found.upperBound...]
        }
        canvas.write(rest, x: x, y: area.y, style: style, clip: area)
    }

    private func drawStatus(_ notes: [String], time: String, _ area: Rect, _ canvas: inout Canvas, _ theme: Theme) {
        canvas.fill(area, style: theme.style(.muted, on: .surface))
        guard !isSearching else {
            let after = canvas.write(" / ", x: area.x, y: area.y, style: theme.style(.key, on: .surface), clip: area)
            let input = area.splitLeft(after - area.x).rest
            searchInput.draw(in: input, on: &canvas, theme: theme, placeholder: "search", background: .surface)
            return
        }
        let place = isFollowing ? "● following" : time.isEmpty ? "standing" : "at \(time)"
        var parts = [place]
        if !wraps { parts.append(shift > 0 ? "not wrapped, column \(shift + 1)" : "not wrapped") }
        if isLooking {
            parts.append("searching for “\(search)”…")
        } else if isMissed {
            parts.append("no match for “\(search)”")
        } else if !search.isEmpty {
            parts.append("“\(search)” n older, N newer")
        }
        let role: Role = isMissed ? .warning : .muted
        canvas.line(" " + (parts + notes).joined(separator: " · "), in: area, style: theme.style(role, on: .surface))
    }
}

extension Substring {
    /// The first occurrence of a text in either case.
    func lowercasedRange(of text: String) -> Range<Index>? {
        if let found = asciiRange(of: text) { return found.range }
        let needle = text.lowercased().map { $0 }
        guard !needle.isEmpty else { return nil }
        var start = startIndex
        while start < endIndex {
            var (index, matched) = (start, 0)
            while matched < needle.count, index < endIndex, self[index].lowercased() == String(needle[matched]) {
                index = self.index(after: index)
                matched += 1
            }
            if matched == needle.count { return start..<index }
            start = self.index(after: start)
        }
        return nil
    }

    /// The same for a text of ASCII letters, byte by byte; nil where that can't be done.
    private func asciiRange(of text: String) -> (range: Range<Index>?, Void)? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        func folded(_ byte: UInt8) -> UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte }
        let needle = text.utf8.map(folded)
        let found = utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            guard bytes.count >= needle.count else { return nil }
            return (0...bytes.count - needle.count).first { start in
                needle.indices.allSatisfy { folded(bytes[start + $0]) == needle[$0] }
            }
        }
        guard let found else { return nil }
        return (
            found.map { utf8.index(startIndex, offsetBy: $0)..<utf8.index(startIndex, offsetBy: $0 + needle.count) }, ()
        )
    }
}
