package import TerminalKit

extension Canvas {
    /// The screen as a picture: a frame, backgrounds, text in a monospaced font of the reader's, no external resources.
    ///
    /// The same screen gives the same bytes. Every run of text is stretched to its cells, and lines and bars are drawn as
    /// shapes, so that columns stand one below the other whatever font there is.
    ///
    /// - Parameters:
    ///   - title: What the picture shows, for those who can't see it.
    ///   - foreground: The terminal's own colour of text.
    ///   - background: The terminal's own background, and the frame's.
    ///   - border: The colour of the frame's edge.
    /// - Returns: An SVG document.
    package func svg(title: String, foreground: RGB, background: RGB, border: RGB) -> String {
        var picture = SVGPicture(foreground: foreground, background: background)
        for y in 0..<size.height { picture.draw(row(y), y: y) }
        if let cursor { picture.draw(cursor: cursor) }
        let (width, height) = (size.width * SVGPicture.cell.width, size.height * SVGPicture.cell.height)
        let margin = 12
        let (outerWidth, outerHeight) = (width + 2 * margin, height + 2 * margin)
        // At this size most of them are 8 pixels wide by themselves, for viewers that know no textLength.
        let fonts = "ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace"
        let head = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(outerWidth)\" height=\"\(outerHeight)\""
                + " viewBox=\"0 0 \(outerWidth) \(outerHeight)\" role=\"img\">",
            "<title>\(SVGPicture.escaped(title))</title>",
            "<rect x=\"0.5\" y=\"0.5\" width=\"\(outerWidth - 1)\" height=\"\(outerHeight - 1)\" rx=\"8\""
                + " fill=\"\(background)\" stroke=\"\(border)\"/>",
            "<g transform=\"translate(\(margin) \(margin))\" font-family=\"\(fonts)\" font-size=\"13.3\""
                + " xml:space=\"preserve\">",
        ]
        return (head + picture.backgrounds + picture.glyphs + ["</g>", "</svg>"]).joined(separator: "\n") + "\n"
    }
}

/// The elements of a picture, as they are drawn.
struct SVGPicture {
    /// A cell in pixels; both sides divide into eighths, as the glyphs of bars do.
    static let cell = Size(width: 8, height: 16)

    let foreground: RGB
    let background: RGB
    /// The background of all text.
    private(set) var backgrounds: [String] = []
    /// Text and shapes.
    private(set) var glyphs: [String] = []

    init(foreground: RGB, background: RGB) {
        self.foreground = foreground
        self.background = background
    }

    /// Draws one row of cells.
    mutating func draw(_ row: ArraySlice<Cell>, y: Int) {
        let cells = Array(row)
        var x = 0
        while x < cells.count {
            let color = colors(of: cells[x].style).background
            let end = cells[x...].firstIndex { colors(of: $0.style).background != color } ?? cells.count
            if color != background { backgrounds.append(Self.rect(x: x * 8, y: y * 16, end - x, color)) }
            x = end
        }
        x = 0
        while x < cells.count {
            let end = Self.endOfRun(in: cells, from: x)
            draw(run: cells[x..<end], x: x, y: y)
            x = end
        }
    }

    /// Draws the terminal's cursor as a bar before the glyph it is on.
    mutating func draw(cursor: Point) {
        let place = "x=\"\(cursor.x * 8)\" y=\"\(cursor.y * 16)\""
        glyphs.append("<rect \(place) width=\"2\" height=\"16\" fill=\"\(foreground)\"/>")
    }

    private mutating func draw(run: ArraySlice<Cell>, x: Int, y: Int) {
        guard let first = run.first, !first.isContinuation else { return }
        let style = first.style
        let color = colors(of: style).foreground
        if style.attributes.contains(.underline) {
            let place = "x=\"\(x * 8)\" y=\"\(y * 16 + 14)\" width=\"\(run.count * 8)\""
            glyphs.append("<rect \(place) height=\"1\" fill=\"\(color)\"/>")
        }
        guard first.glyph != " " else { return }
        if let shape = SVGShape(first.glyph) {
            glyphs.append(shape.element(x: x * 8, y: y * 16, count: run.count, color: color))
            return
        }
        let text = Self.escaped(String(run.filter { !$0.isContinuation }.map(\.glyph)))
        var attributes = "x=\"\(x * 8)\" y=\"\(y * 16 + 12)\" textLength=\"\(run.count * 8)\""
        attributes += " lengthAdjust=\"spacingAndGlyphs\" fill=\"\(color)\""
        if style.attributes.contains(.bold) { attributes += " font-weight=\"bold\"" }
        if style.attributes.contains(.italic) { attributes += " font-style=\"italic\"" }
        if style.attributes.contains(.dim) { attributes += " opacity=\"0.6\"" }
        glyphs.append("<text \(attributes)>\(text)</text>")
    }
}

extension SVGPicture {
    /// Words of one style are one run; other signs than ASCII's stand alone or with their like, because fonts differ in them.
    private static func endOfRun(in cells: [Cell], from start: Int) -> Int {
        let first = cells[start]
        func goesOn(_ cell: Cell, _ next: Cell?) -> Bool {
            guard cell.style == first.style else { return false }
            guard first.glyph.isASCII, first.glyph != " " else { return cell.glyph == first.glyph }
            // One blank is a space between words; two are a gap, where a new run begins.
            return cell.glyph == " " ? next.map { isWord($0, first.style) } ?? false : cell.glyph.isASCII
        }
        func isWord(_ cell: Cell, _ style: Style) -> Bool {
            cell.glyph != " " && cell.glyph.isASCII && cell.style == style
        }
        if start + 1 < cells.count, cells[start + 1].isContinuation { return start + 2 }
        var end = start + 1
        while end < cells.count {
            let next = end + 1 < cells.count ? cells[end + 1] : nil
            // A wide glyph takes two cells and stands alone.
            guard next?.isContinuation != true, !cells[end].isContinuation, goesOn(cells[end], next) else { break }
            end += 1
        }
        return end
    }

    private func colors(of style: Style) -> (foreground: RGB, background: RGB) {
        let front = style.foreground.rgb(or: foreground)
        let back = style.background.rgb(or: background)
        return style.attributes.contains(.reverse) ? (back, front) : (front, back)
    }

    private static func rect(x: Int, y: Int, _ columns: Int, _ color: RGB) -> String {
        "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(columns * 8)\" height=\"16\" fill=\"\(color)\"/>"
    }

    /// Text as it may stand in an element or an attribute.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}

extension Color {
    /// The colour as xterm shows it, or the given one where the terminal decides.
    fileprivate func rgb(or standard: RGB) -> RGB {
        switch self {
        case .standard: standard
        case .indexed(let index): RGB(indexed: index)
        case .rgb(let rgb): rgb
        }
    }
}
