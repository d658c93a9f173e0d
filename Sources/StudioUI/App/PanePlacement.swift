import TerminalKit

/// Where the preview of the selected row stands.
enum PanePlacement: String, CaseIterable, Codable, Sendable {
    case right, below, off

    /// The narrowest window with a preview, in columns.
    static let minWidth = 100
    /// The lowest window with a preview below by itself, in rows.
    private static let tall = 40
    /// The narrowest window with a preview on the right by itself where it could be below, in columns.
    private static let wide = 140

    /// The place where the user has not chosen one.
    static func automatic(in size: Size) -> PanePlacement {
        size.height >= tall && size.width < wide ? .below : .right
    }

    /// The place after this one.
    var next: PanePlacement {
        switch self {
        case .right: .below
        case .below: .off
        case .off: .right
        }
    }
}

/// The room of a page and of the preview beside it.
struct PaneLayout {
    let page: Rect
    /// The line between both.
    let divider: Rect
    /// Empty where there is no preview.
    let pane: Rect

    /// - Parameters:
    ///   - body: The room of both.
    ///   - placement: Where the preview stands.
    ///   - share: How much of the width a preview on the right has, in percent.
    init(_ body: Rect, _ placement: PanePlacement, share: Int = 45) {
        switch placement {
        case .off:
            let none = Rect(x: body.maxX, y: body.y, width: 0, height: 0)
            (page, divider, pane) = (body, none, none)
        case .right:
            let (left, right) = body.splitRight(max(share < 45 ? 40 : 44, body.width * share / 100))
            // A column between the list and the line stays free.
            page = left.splitRight(1).rest
            (divider, pane) = right.splitLeft(1)
        case .below:
            let (above, below) = body.splitBottom(body.height * 55 / 100)
            page = above
            (divider, pane) = below.splitTop(1)
        }
    }
}
