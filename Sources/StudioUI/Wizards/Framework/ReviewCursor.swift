import TerminalKit

/// The selected row of a wizard's review, and the first line that is shown.
struct ReviewCursor: Equatable {
    /// The effect of an event.
    enum Action {
        case moved
        /// A row with a value was clicked.
        case opened
    }

    /// The selected one of the rows that the cursor can stand on.
    private var place = 0
    private var offset = 0

    /// The number of the selected row; nil when there is none.
    func row(in rows: [WizardReviewRow]) -> Int? {
        let choosable = Self.choosable(rows)
        return choosable.indices.contains(place) ? choosable[place] : nil
    }

    /// The first line that is shown, so that the cursor is; `owners` are the rows of the lines.
    func firstLine(_ owners: [Int], of rows: [WizardReviewRow], height: Int) -> Int {
        guard height > 0, place > 0, let row = row(in: rows) else { return 0 }
        guard let first = owners.firstIndex(of: row), let last = owners.lastIndex(of: row) else { return 0 }
        let seen = min(max(offset, last - height + 1), first)
        return max(0, min(seen, owners.count - height))
    }

    /// Moves the cursor with the keyboard or the mouse; nil when the event is not for the review.
    mutating func handle(
        _ event: Event,
        _ rows: [WizardReviewRow],
        _ owners: [Int],
        in area: Rect
    ) -> Action? {
        let choosable = Self.choosable(rows)
        if let point = event.click(in: area) {
            let line = firstLine(owners, of: rows, height: area.height) + point.y - area.y
            guard owners.indices.contains(line), let selected = choosable.firstIndex(of: owners[line]) else {
                return .moved
            }
            place = selected
            if case .value = rows[owners[line]] { return .opened }
            return .moved
        }
        guard let step = Self.step(of: event, in: area, rows: rows.count) else { return nil }
        place = max(0, min(place + step, choosable.count - 1))
        offset = firstLine(owners, of: rows, height: area.height)
        return .moved
    }

    private static func step(of event: Event, in area: Rect, rows: Int) -> Int? {
        switch event {
        case .key(.up), .key("k"): -1
        case .key(.down), .key("j"): 1
        case .key(.pageUp): -area.height
        case .key(.pageDown), .key(.space): area.height
        case .key(.home), .key("g"): -rows
        case .key(.end), .key("G"): rows
        default: event.scroll(in: area)
        }
    }

    private static func choosable(_ rows: [WizardReviewRow]) -> [Int] { rows.indices.filter { rows[$0].isChoosable } }
}
