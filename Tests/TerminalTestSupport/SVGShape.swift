import TerminalKit

/// A line or a block that is drawn as a shape, because the glyphs of most fonts leave gaps between the cells.
enum SVGShape: Equatable {
    /// A box in eighths of the cell, from its left and upper edge.
    case block(x: Int, y: Int, width: Int, height: Int)
    /// Lines from the middle of the cell to its edges; a corner of two can be round.
    case lines(Arms, isRound: Bool)
    /// A thick line through the cell, as wide as said.
    case bar(width: Int)
    /// A square or a dot in the middle of the cell, as wide as said.
    case bead(width: Int, isRound: Bool)

    /// The edges that lines lead to.
    struct Arms: OptionSet {
        let rawValue: UInt8

        static let up = Arms(rawValue: 1)
        static let right = Arms(rawValue: 2)
        static let down = Arms(rawValue: 4)
        static let left = Arms(rawValue: 8)
    }

    /// The shape of a glyph; nil for one that is text.
    init?(_ glyph: Character) {
        guard let scalar = glyph.unicodeScalars.first, glyph.unicodeScalars.count == 1 else { return nil }
        switch scalar.value {
        case 0x2580: self = .block(x: 0, y: 0, width: 8, height: 4)
        case 0x2581...0x2588:
            let eighths = Int(scalar.value) - 0x2580
            self = .block(x: 0, y: 8 - eighths, width: 8, height: eighths)
        case 0x2589...0x258F: self = .block(x: 0, y: 0, width: 0x2590 - Int(scalar.value), height: 8)
        case 0x2590: self = .block(x: 4, y: 0, width: 4, height: 8)
        case 0x2501: self = .bar(width: 8)
        case 0x2578: self = .bar(width: 4)
        case 0x25A0: self = .bead(width: 7, isRound: false)
        case 0x25CF: self = .bead(width: 7, isRound: true)
        case 0x00B7: self = .bead(width: 2, isRound: true)
        default:
            guard let arms = Self.arms[glyph] else { return nil }
            self = .lines(arms, isRound: "╭╮╯╰".contains(glyph))
        }
    }

    private static let arms: [Character: Arms] = [
        "─": [.left, .right], "│": [.up, .down],
        "┌": [.right, .down], "┐": [.left, .down], "└": [.up, .right], "┘": [.up, .left],
        "╭": [.right, .down], "╮": [.left, .down], "╰": [.up, .right], "╯": [.up, .left],
        "├": [.up, .right, .down], "┤": [.up, .down, .left], "┬": [.right, .down, .left], "┴": [.up, .right, .left],
        "┼": [.up, .right, .down, .left],
    ]

    /// The element for some of these side by side, from a place in pixels.
    func element(x: Int, y: Int, count: Int, color: RGB) -> String {
        switch self {
        case .block(let left, let top, 8, let height):
            return Self.rect(x + left, y + 2 * top, 8 * count, 2 * height, color)
        case .block(let left, let top, let width, let height):
            return (0..<count).map { Self.rect(x + 8 * $0 + left, y + 2 * top, width, 2 * height, color) }
                .joined(separator: "\n")
        case .lines([.left, .right], _):
            return Self.path("M\(x) \(y + 8).5h\(8 * count)", color)
        case .bar(let width):
            return Self.rect(x, y + 7, 8 * (count - 1) + width, 3, color)
        case .bead(let width, isRound: false):
            // One line with dashes, however many there are.
            return Self.path(
                "M\(x) \(y + 8)h\(8 * count)",
                color,
                " stroke-width=\"8\" stroke-dasharray=\"\(width) \(8 - width)\""
            )
        case .bead(let width, isRound: true):
            let dots = " stroke-width=\"\(width)\" stroke-linecap=\"round\" stroke-dasharray=\"0 8\""
            return Self.path("M\(x + 4) \(y + 8)h\(8 * count - 7)", color, dots)
        case .lines(let arms, let isRound):
            let paths = (0..<count).map { Self.lines(arms, isRound: isRound, x: x + 8 * $0, y: y) }
            return Self.path(paths.joined(), color)
        }
    }

    private static func lines(_ arms: Arms, isRound: Bool, x: Int, y: Int) -> String {
        // In the middle of a pixel, so that the lines are sharp.
        let middle = "\(x + 4).5 \(y + 8).5"
        if isRound {
            let vertical = arms.contains(.up) ? y : y + 16
            let horizontal = arms.contains(.left) ? x : x + 8
            return "M\(x + 4).5 \(vertical)Q\(middle) \(horizontal) \(y + 8).5"
        }
        var path = ""
        if arms.contains(.up) { path += "M\(middle)V\(y)" }
        if arms.contains(.down) { path += "M\(middle)V\(y + 16)" }
        if arms.contains(.left) { path += "M\(middle)H\(x)" }
        if arms.contains(.right) { path += "M\(middle)H\(x + 8)" }
        return path
    }

    private static func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ color: RGB) -> String {
        "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(color)\"/>"
    }

    private static func path(_ path: String, _ color: RGB, _ attributes: String = "") -> String {
        "<path d=\"\(path)\" fill=\"none\" stroke=\"\(color)\"\(attributes)/>"
    }
}
