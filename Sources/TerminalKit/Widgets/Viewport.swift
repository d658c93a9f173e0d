/// Which part of a long list is seen.
package enum Viewport {
    /// The first row to show so that the cursor is seen and the list ends at the bottom, moving as little as possible.
    package static func offset(_ offset: Int, cursor: Int, height: Int, count: Int) -> Int {
        guard height > 0 else { return max(0, cursor) }
        let seen = min(max(offset, cursor - height + 1), cursor)
        return max(0, min(seen, count - height))
    }

    /// Where a key of the usual ones moves a cursor in a list; nil for any other key.
    package static func move(_ key: Key, cursor: Int, page: Int, count: Int) -> Int? {
        let target: Int
        switch key {
        case .up: target = cursor - 1
        case .down: target = cursor + 1
        case .pageUp: target = cursor - max(1, page)
        case .pageDown: target = cursor + max(1, page)
        case .home: target = 0
        case .end: target = count - 1
        default: return nil
        }
        return clamp(target, count: count)
    }

    /// The nearest row that exists; 0 in an empty list.
    package static func clamp(_ row: Int, count: Int) -> Int {
        max(0, min(row, count - 1))
    }
}
