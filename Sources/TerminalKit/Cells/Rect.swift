/// A place on the screen; column and row count from 0 at the top left.
package struct Point: Hashable, Sendable {
    /// The column.
    package var x: Int
    /// The row.
    package var y: Int

    /// Names a column and a row.
    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// How many columns and rows something takes.
package struct Size: Hashable, Sendable {
    /// Columns.
    package var width: Int
    /// Rows.
    package var height: Int

    /// Takes a negative measure as 0.
    package init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
    }
}

/// A part of the screen; never of negative size, so that layout arithmetic cannot trap on a tiny terminal.
package struct Rect: Hashable, Sendable {
    /// The leftmost column.
    package let x: Int
    /// The topmost row.
    package let y: Int
    /// Columns.
    package let width: Int
    /// Rows.
    package let height: Int

    /// Takes a negative width or height as 0.
    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// Covers a whole screen of a size.
    package init(_ size: Size) {
        self.init(x: 0, y: 0, width: size.width, height: size.height)
    }

    /// The column right of the last one.
    package var maxX: Int { x + width }
    /// The row below the last one.
    package var maxY: Int { y + height }
    /// True when nothing can be drawn in it.
    package var isEmpty: Bool { width == 0 || height == 0 }

    /// Returns whether a point, of a mouse press for example, lies inside.
    package func contains(_ point: Point) -> Bool {
        point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
    }

    /// The part both have in common, empty if there is none.
    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left,
            y: top,
            width: min(maxX, other.maxX) - left,
            height: min(maxY, other.maxY) - top
        )
    }
}
