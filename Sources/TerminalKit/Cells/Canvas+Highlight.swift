extension Canvas {
    /// Underlines words where they are drawn, whatever their case: what a filter or a search has found.
    ///
    /// - Parameters:
    ///   - words: The words, in lower case.
    ///   - area: The area to search, each row by itself.
    package mutating func highlight(_ words: [String], in area: Rect) {
        let area = area.intersection(bounds)
        guard !words.isEmpty, !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            let columns = (area.x..<area.maxX).filter { !self[$0, y].isContinuation }
            let glyphs = columns.map { self[$0, y].glyph.lowercased() }
            for word in words.map({ $0.map { String($0) } }) where !word.isEmpty && word.count <= glyphs.count {
                for start in 0...(glyphs.count - word.count)
                where glyphs[start..<(start + word.count)].elementsEqual(word) {
                    let end = start + word.count < columns.count ? columns[start + word.count] : area.maxX
                    let found = Rect(x: columns[start], y: y, width: end - columns[start], height: 1)
                    restyle(found) { style in
                        var style = style
                        style.attributes.formUnion([.underline, .bold])
                        return style
                    }
                }
            }
        }
    }
}
