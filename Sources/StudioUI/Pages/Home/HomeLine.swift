import DisplayText
import TerminalKit

/// A row that the cursor of the home page can stand on.
enum HomeTarget: Hashable {
    case step(HomeStep)
    /// The sample, for users without a model at hand.
    case sample
    case job(String)
    case endpoint(String)
}

/// A line of the home page.
enum HomeLine {
    case blank
    /// The title of a group, with a remark.
    case heading(String, String)
    case text(String, Role)
    case row(HomeTarget, [HomeCell])

    var target: HomeTarget? { if case .row(let target, _) = self { target } else { nil } }
}

/// A piece of a row in a column of its own.
struct HomeCell {
    enum Content {
        case text(String)
        /// The finished share of a job; nil while it is unknown.
        case bar(Double?)
    }

    let content: Content
    let role: Role
    /// The column's width; nil shares what the others leave.
    let width: Int?
    /// The parts of the shared width that it has.
    let weight: Int
    let alignment: Alignment

    init(_ text: String, _ role: Role = .text, width: Int? = nil, weight: Int = 1, alignment: Alignment = .leading) {
        (content, self.role, self.width, self.weight, self.alignment) = (.text(text), role, width, weight, alignment)
    }

    init(bar fraction: Double?, width: Int) {
        (content, role, self.width, weight, alignment) = (.bar(fraction), .progress, width, 1, .leading)
    }
}

extension HomeLine {
    /// Draws the line; a row that is selected has the mark of tables.
    func draw(isSelected: Bool, in line: Rect, on canvas: inout Canvas, theme: Theme) {
        switch self {
        case .blank: break
        case .heading(let title, let remark):
            let spans = [
                Span(title, theme.style(.title, .bold)), Span(remark.isEmpty ? "" : "  " + remark, theme[.muted]),
            ]
            canvas.write(spans, x: line.x, y: line.y, clip: line)
        case .text(let text, let role):
            canvas.line(text, in: line.inset(horizontal: 2), style: theme[role])
        case .row(_, let cells):
            Self.draw(cells, isSelected: isSelected, in: line, on: &canvas, theme: theme)
        }
    }

    private static func draw(
        _ cells: [HomeCell],
        isSelected: Bool,
        in line: Rect,
        on canvas: inout Canvas,
        theme: Theme
    ) {
        let background: Role = isSelected ? .selection : .background
        if isSelected {
            canvas.fill(line, style: theme.style(.selectionText, on: background))
            canvas.write("▸", x: line.x, y: line.y, style: theme.style(.selectionText, on: background), clip: line)
        }
        let inside = line.splitLeft(2).rest
        let gaps = 2 * max(0, cells.count - 1)
        let fixed = cells.reduce(0) { $0 + ($1.width ?? 0) }
        let sharing = cells.reduce(0) { $0 + ($1.width == nil ? $1.weight : 0) }
        let share = sharing == 0 ? 0 : max(0, inside.width - gaps - fixed) / sharing
        var x = inside.x
        for cell in cells {
            let width = cell.width ?? cell.weight * share
            let place = Rect(x: x, y: line.y, width: width, height: 1).intersection(line)
            let role = isSelected ? .selectionText : cell.role
            switch cell.content {
            case .text(let text):
                canvas.line(text, in: place, style: theme.style(role, on: background), alignment: cell.alignment)
            case .bar(let fraction):
                ProgressBar(fraction, label: "").draw(in: place, on: &canvas, theme: theme)
                canvas.restyle(place) { style in isSelected ? theme.style(role, on: background) : style }
            }
            x += width + 2
        }
    }
}
