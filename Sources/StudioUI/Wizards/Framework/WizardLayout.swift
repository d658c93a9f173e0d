import TerminalKit

/// Where the parts of a wizard stand.
struct WizardLayout {
    /// The steps: a column, or one line below 80 columns.
    let rail: Rect
    /// The form, the review or a text.
    let content: Rect
    /// What was reset, or went wrong.
    let note: Rect
    /// The buttons.
    let buttons: Rect
    let isNarrow: Bool

    init(_ area: Rect) {
        isNarrow = area.width < 80
        let inside = area.inset(horizontal: 1)
        if isNarrow {
            let (line, rest) = inside.splitTop(1)
            rail = line
            (content, note, buttons) = Self.parts(rest)
        } else {
            let (column, rest) = inside.splitLeft(18)
            rail = column
            (content, note, buttons) = Self.parts(rest.splitLeft(2).rest)
        }
    }

    private static func parts(_ area: Rect) -> (content: Rect, note: Rect, buttons: Rect) {
        let (rest, buttons) = area.splitBottom(1)
        let (content, note) = rest.splitBottom(area.height >= 12 ? 1 : 0)
        return (content, note, buttons)
    }
}
