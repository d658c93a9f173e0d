import DisplayText
import TerminalKit

/// Where the parts of a wizard stand.
struct WizardLayout {
    /// The steps: a column, or one line below 72 columns.
    let stepper: Rect
    /// The form, the review or a text.
    let content: Rect
    /// The reset values, or the failure.
    let note: Rect
    /// The buttons.
    let buttons: Rect
    let isNarrow: Bool

    init(_ area: Rect, note text: String?) {
        isNarrow = area.width < 72
        let inside = area.inset(horizontal: 1)
        if isNarrow {
            let (line, rest) = inside.splitTop(1)
            stepper = line
            (content, note, buttons) = Self.parts(rest, text: text)
        } else {
            let (column, rest) = inside.splitLeft(20)
            stepper = column
            (content, note, buttons) = Self.parts(rest.splitLeft(2).rest, text: text)
        }
    }

    private static func parts(_ area: Rect, text: String?) -> (content: Rect, note: Rect, buttons: Rect) {
        let (rest, buttons) = area.splitBottom(1)
        let lines = text?.wrapped(to: max(1, area.width)).count ?? 0
        let (content, note) = rest.splitBottom(min(lines, area.height < 12 ? 2 : 4))
        return (area.height < 12 ? content : content.splitBottom(1).rest, note, buttons)
    }
}
