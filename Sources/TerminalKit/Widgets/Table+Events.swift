extension Table {
    /// Moves, opens, sorts and filters.
    ///
    /// Keys: arrows, `j k g G`, page up and down, enter, `s` and `S` to sort, `/` to filter, `n` and `N` to what the filter found; where
    /// rows can be marked, space, `*` and shift with an arrow.
    package func handle(_ event: Event, _ state: inout TableState, in area: Rect) -> TableAction? {
        let layout = layout(state, in: area)
        state.cursor = Viewport.clamp(state.cursor, count: rowCount)
        state.offset = offset(state, height: layout.body.height)
        if state.isFiltering, let action = type(event, &state) { return action.value }
        switch event {
        case .key(let key): return press(key, &state, page: layout.body.height)
        case .mouse: return point(event, &state, layout)
        default: return nil
        }
    }

    /// An event that belongs to the filter, with what it changed.
    private func type(_ event: Event, _ state: inout TableState) -> (value: TableAction?, Void)? {
        switch event {
        case .key(.enter):
            state.isFiltering = false
            return (nil, ())
        case .key(.escape):
            state.isFiltering = false
            return (clearFilter(&state), ())
        default:
            // A new word takes the place of the old filter; what edits it keeps it.
            let isNew = state.replacesFilter && event.isTyped
            if isNew { state.filterInput = TextInput() }
            guard let action = state.filterInput.handle(event) else { return nil }
            state.replacesFilter = false
            return (action == .changed ? filtered(&state) : nil, ())
        }
    }

    private func clearFilter(_ state: inout TableState) -> TableAction? {
        guard !state.filter.isEmpty else { return nil }
        state.filterInput = TextInput()
        return filtered(&state)
    }

    private func filtered(_ state: inout TableState) -> TableAction {
        state.cursor = 0
        state.offset = 0
        return .filtered
    }

    private func press(_ key: Key, _ state: inout TableState, page: Int) -> TableAction? {
        switch key {
        case .enter: return rowCount > 0 ? .opened(state.cursor) : nil
        case "/":
            (state.isFiltering, state.replacesFilter) = (true, true)
            return nil
        case .escape: return clearFilter(&state)
        case "s": return sortByNext(&state)
        case "S": return reverse(&state)
        case "n", "N":
            // The rows that are shown are the matches.
            guard !state.filter.isEmpty, rowCount > 0 else { return nil }
            return move(to: (state.cursor + (key == "n" ? 1 : rowCount - 1)) % rowCount, &state)
        case .space, "*", Key(.up, .shift), Key(.down, .shift):
            return isMarked == nil || rowCount == 0 ? nil : mark(key, &state)
        default:
            let letters: [Key: Key] = ["k": .up, "j": .down, "g": .home, "G": .end]
            let moved = Viewport.move(letters[key] ?? key, cursor: state.cursor, page: page, count: rowCount)
            return moved.flatMap { move(to: $0, &state) }
        }
    }

    private func move(to row: Int, _ state: inout TableState) -> TableAction? {
        guard row != state.cursor else { return nil }
        state.cursor = row
        return .moved(row)
    }

    private func mark(_ key: Key, _ state: inout TableState) -> TableAction {
        let row = state.cursor
        switch key {
        case "*": return .toggledAll
        case .space:
            // The next one is likely to be marked next.
            state.cursor = Viewport.clamp(row + 1, count: rowCount)
            return .toggled(row)
        default:
            state.cursor = Viewport.clamp(row + (key.code == .up ? -1 : 1), count: rowCount)
            return .marked(min(row, state.cursor)...max(row, state.cursor))
        }
    }

    private func sortByNext(_ state: inout TableState) -> TableAction? {
        let sortable = columns.filter(\.isSortable).map(\.id)
        guard !sortable.isEmpty else { return nil }
        let current = state.sort.flatMap { sortable.firstIndex(of: $0.column) }
        // After the last column comes the order the rows have by themselves.
        let next = current.map { $0 + 1 } ?? 0
        state.sort = sortable.indices.contains(next) ? TableSort(sortable[next]) : nil
        return .sorted
    }

    private func reverse(_ state: inout TableState) -> TableAction? {
        guard let sort = state.sort else { return nil }
        state.sort = TableSort(sort.column, isDescending: !sort.isDescending)
        return .sorted
    }

    private func point(_ event: Event, _ state: inout TableState, _ layout: Layout) -> TableAction? {
        if let rows = event.scroll(in: layout.body) {
            return move(to: Viewport.clamp(state.cursor + rows, count: rowCount), &state)
        }
        if let point = event.click(in: layout.header) { return sort(at: point, &state, layout.header) }
        guard let point = event.click(in: layout.body) else { return nil }
        let row = state.offset + point.y - layout.body.y
        guard row < rowCount else { return nil }
        // The first click chooses, the second one opens.
        return row == state.cursor ? .opened(row) : move(to: row, &state)
    }

    private func sort(at point: Point, _ state: inout TableState, _ header: Rect) -> TableAction? {
        let column = point.x - header.x
        guard let hit = places(width: header.width).first(where: { column >= $0.x && column < $0.x + $0.width }),
            columns[hit.index].isSortable
        else { return nil }
        let id = columns[hit.index].id
        state.sort = TableSort(id, isDescending: state.sort == TableSort(id))
        return .sorted
    }
}

extension Event {
    /// True when it writes something.
    fileprivate var isTyped: Bool {
        switch self {
        case .key(let key): key.typed != nil
        case .paste: true
        default: false
        }
    }
}
