extension Rect {
    /// Leaves a margin free on every side, or on two of them.
    package func inset(horizontal: Int = 0, vertical: Int = 0) -> Rect {
        Rect(x: x + horizontal, y: y + vertical, width: width - 2 * horizontal, height: height - 2 * vertical)
            .intersection(self)
    }

    /// Cuts rows off the top and gives back both parts.
    package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let cut = min(max(0, rows), height)
        return (
            Rect(x: x, y: y, width: width, height: cut),
            Rect(x: x, y: y + cut, width: width, height: height - cut)
        )
    }

    /// Cuts rows off the bottom and gives back both parts.
    package func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let parts = splitTop(height - min(max(0, rows), height))
        return (parts.top, parts.rest)
    }

    /// Cuts columns off the left and gives back both parts.
    package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
        let cut = min(max(0, columns), width)
        return (
            Rect(x: x, y: y, width: cut, height: height),
            Rect(x: x + cut, y: y, width: width - cut, height: height)
        )
    }

    /// Cuts columns off the right and gives back both parts.
    package func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
        let parts = splitLeft(width - min(max(0, columns), width))
        return (parts.left, parts.rest)
    }

    /// One row of the rectangle, counted from its top; empty outside.
    package func row(_ index: Int) -> Rect {
        Rect(x: x, y: y + index, width: width, height: 1).intersection(self)
    }

    /// A rectangle of at most this size in the middle.
    package func centered(width wanted: Int, height tall: Int) -> Rect {
        let width = min(max(0, wanted), width)
        let height = min(max(0, tall), height)
        return Rect(
            x: x + (self.width - width) / 2,
            y: y + (self.height - height) / 2,
            width: width,
            height: height
        )
    }
}
